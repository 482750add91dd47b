"""The reads of the offline bundle. Each world has its own, signed with its own key (R1)."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.problems import ProblemError, documented
from api.residents.bundle.edition import VERSION_PATTERN
from api.residents.bundle.files import BundleFiles
from api.residents.prepared import GZIP, LONG, prepare
from api.residents.reads import READ
from api.residents.schemas.bundle import BundleKey, BundleKeysAnswer
from api.residents.stamp import stamp
from api.residents.world import WorldApi

_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {GZIP: {"schema": {"type": "string", "format": "binary"}}}}
}
Since = Annotated[
    str | None,
    Query(pattern=VERSION_PATTERN, description="`version` of the bundle that the phone holds, to get what is new."),
]


def bundle(world: WorldApi) -> APIRouter:
    """The bundle of one world and the keys that prove it."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get(
        "/bundle", response_class=Response, responses=READ | _FILE | documented("invalid-request", "unavailable")
    )
    def read_bundle(request: Request, since: Since = None) -> Response:
        """One signed file for a phone without network; with `since` only what is new. See docs/offline-bundle.md."""
        files = _files(world)
        return (files.whole() if since is None else files.since(since)).answer(request)

    @router.get("/bundle/keys", response_model=BundleKeysAnswer, responses=READ | documented("unavailable"))
    def read_keys(request: Request) -> Response:
        """The public keys that sign now. An app is built with them: what is fetched proves nothing about itself."""
        public = _files(world).keys.public
        answer = BundleKeysAnswer(
            **stamp(world.services, world.snapshot.answers.basis.ages.districts, []),
            keys=[BundleKey(id=name, public_key=key) for name, key in public.items()],
        )
        return prepare(answer, language=None, caching=LONG).answer(request)

    return router


def _files(world: WorldApi) -> BundleFiles:
    if world.bundle is None:
        raise ProblemError(
            "unavailable",
            "This service has no key to sign bundles with; its operator sets BOSAI_BUNDLE_KEY.",
            headers={"Retry-After": "3600"},
        )
    return world.bundle
