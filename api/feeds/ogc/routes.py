"""The routes of OGC API - Features, for QGIS and its like; no database on the way (R30)."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from api.feeds.ogc.collections import COLLECTIONS, Collection, Layer
from api.feeds.ogc.documents import Document, Documents
from api.feeds.ogc.query import format_parameter, items_query, only, parameters
from api.problems import ProblemError, documented
from api.residents.answers import Answers
from api.residents.prepared import GEOJSON, JSON, SHORT, UNKEPT, Prepared
from api.residents.reads import READ
from api.residents.spoken import DRILL_MARK
from api.residents.world import WorldApi

PREFIX = "/ogc"
_SCHEMA = {"schema": {"type": "object"}}
_JSON: dict[int | str, dict[str, Any]] = READ | {200: {"content": {JSON: _SCHEMA}}} | documented("malformed-request")
_GEOJSON: dict[int | str, dict[str, Any]] = READ | {200: {"content": {GEOJSON: _SCHEMA}}}
_GEOJSON |= documented("malformed-request", "unknown-feature")
_PLAIN = {"parameters": [format_parameter()]}


class _Layers:
    """The layers of the newest answers, each made when it is first asked for."""

    def __init__(self, world: WorldApi) -> None:
        self._world = world
        self._of: Answers | None = None
        self._layers: dict[str, Layer] = {}

    def layer(self, collection: Collection) -> Layer:
        """What a collection holds now."""
        answers = self._world.snapshot.answers
        if answers is not self._of:
            self._of, self._layers = answers, {}
        layers = self._layers
        if collection.id not in layers:
            layers[collection.id] = collection.read(self._world.services, answers)
        return layers[collection.id]


def features(world: WorldApi) -> APIRouter:
    """Landing page, conformance, collections and items of one world."""
    router = APIRouter(prefix=world.prefix + PREFIX, tags=[world.tag])
    layers = _Layers(world)
    _add_descriptions(router, world, layers)
    _add_items(router, world, layers)
    return router


def _documents(world: WorldApi, request: Request) -> Documents:
    root = world.services.public_url or str(request.base_url).rstrip("/")
    mark = DRILL_MARK if world.services.is_drill else ""
    title = f"{mark}{world.services.pack.codes.name} 避難場所・町丁目"
    return Documents(root + world.prefix + PREFIX, root, title)


def _add_descriptions(router: APIRouter, world: WorldApi, layers: _Layers) -> None:
    """What there is."""

    @router.get("", response_class=Response, responses=_JSON, openapi_extra=_PLAIN)
    @router.get("/", response_class=Response, include_in_schema=False)
    async def landing(request: Request) -> Response:
        """The landing page: give its address to QGIS as an OGC API - Features service."""
        only(request.query_params, "f")
        return _answer(world, _documents(world, request).landing(), JSON, request)

    @router.get("/conformance", response_class=Response, responses=_JSON, openapi_extra=_PLAIN)
    async def conformance(request: Request) -> Response:
        """The conformance classes."""
        only(request.query_params, "f")
        return _answer(world, _documents(world, request).conformance(), JSON, request)

    @router.get("/collections", response_class=Response, responses=_JSON, openapi_extra=_PLAIN)
    async def collections(request: Request) -> Response:
        """The collections: shelters and districts."""
        only(request.query_params, "f")
        held = {name: layers.layer(collection) for name, collection in COLLECTIONS.items()}
        return _answer(world, _documents(world, request).collections(held), JSON, request)

    @router.get(
        "/collections/{collection_id}",
        response_class=Response,
        responses=_JSON | documented("unknown-feature"),
        openapi_extra=_PLAIN,
    )
    async def collection(collection_id: str, request: Request) -> Response:
        """One collection."""
        only(request.query_params, "f")
        found = _collection(collection_id)
        return _answer(world, _documents(world, request).collection(found, layers.layer(found)), JSON, request)


def _add_items(router: APIRouter, world: WorldApi, layers: _Layers) -> None:
    """What is in it."""

    @router.get(
        "/collections/{collection_id}/items",
        response_class=Response,
        responses=_GEOJSON,
        openapi_extra={"parameters": parameters()},
    )
    async def items(collection_id: str, request: Request) -> Response:
        """Features in a box, page by page: follow the link `next`."""
        found = _collection(collection_id)
        page = _documents(world, request).items(found, layers.layer(found), items_query(request.query_params))
        return _answer(world, page, GEOJSON, request)

    @router.get(
        "/collections/{collection_id}/items/{feature_id}",
        response_class=Response,
        responses=_GEOJSON,
        openapi_extra=_PLAIN,
    )
    async def item(collection_id: str, feature_id: str, request: Request) -> Response:
        """One feature."""
        only(request.query_params, "f")
        collection = _collection(collection_id)
        layer = layers.layer(collection)
        found = next((one for one in layer.features if one.id == feature_id), None)
        if found is None:
            raise ProblemError("unknown-feature", f"Take an id from the items of {collection_id}.")
        return _answer(world, _documents(world, request).item(collection, layer, found), GEOJSON, request)


def _collection(collection_id: str) -> Collection:
    if collection_id not in COLLECTIONS:
        raise ProblemError("unknown-feature", f"There are these collections: {', '.join(COLLECTIONS)}.")
    return COLLECTIONS[collection_id]


def _answer(world: WorldApi, document: Document, media_type: str, request: Request) -> Response:
    """Without an address of its own the service links to the one it was asked at: that is nobody else's answer."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    caching = SHORT if world.services.public_url else UNKEPT
    return Prepared(body, media_type=media_type, language=None, caching=caching).answer(request)
