"""Family share: a phone gives a code away, another is told from then on what its places get. Each world for itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from alerts.service import share
from alerts.service.registration import UnknownSecretError
from alerts.store.device import Device
from api.bodies import StrictRoute
from api.guard.gate import Gate
from api.problems import ProblemError, documented
from api.residents.owner import changing_owner_in, owner_in, unauthenticated
from api.residents.schemas.sharing import (
    FollowAnswer,
    FollowerItem,
    FollowIn,
    FollowsAnswer,
    ShareCodeAnswer,
    follow_item,
)
from api.residents.stamp import fresh
from api.residents.world import WorldApi

_PRIVATE = {"Cache-Control": "no-store"}
_OWN = documented("unauthenticated", "unavailable")
_REFUSALS = _OWN | documented("unknown-share-code", "share-refused", "too-many-attempts", "invalid-request")
_REFUSALS |= documented("malformed-request", "too-large")


def sharing(world: WorldApi, gate: Gate) -> APIRouter:
    """The shares of one world's phones."""
    services = world.services
    owner, changing = owner_in(services), changing_owner_in(services, gate)
    router = APIRouter(prefix=f"{world.prefix}/devices/me", tags=[world.tag], route_class=StrictRoute)

    @router.post("/share-codes", status_code=201, responses=_OWN | documented("too-many-requests"))
    def make_share_code(device: Annotated[Device, Depends(changing)], response: Response) -> ShareCodeAnswer:
        """A code for one other phone, which is then told what the places of this one get."""
        response.headers.update(_PRIVATE)
        with _refused():
            offer = share.offer(services, device)
        return ShareCodeAnswer(**fresh(services), code=offer.code, expires_at=offer.expires_at)

    @router.post("/follows", status_code=201, responses=_REFUSALS)
    def follow_device(device: Annotated[Device, Depends(changing)], sent: FollowIn, response: Response) -> FollowAnswer:
        """Uses up another phone's code. Whoever shows wrong ones must wait."""
        response.headers.update(_PRIVATE)
        with _refused():
            made = share.follow(services, device, sent.code)
        return FollowAnswer(**fresh(services), follow=follow_item(made))

    @router.get("/follows", responses=_OWN)
    def read_follows(device: Annotated[Device, Depends(owner)], response: Response) -> FollowsAnswer:
        """Whom this phone follows, and who follows it."""
        response.headers.update(_PRIVATE)
        known = share.follows(services, device)
        return FollowsAnswer(
            **fresh(services),
            follows=[follow_item(one) for one in known if one.follower == device.number],
            followers=[FollowerItem(id=one.id, since=one.since) for one in known if one.followed == device.number],
        )

    @router.delete("/follows/{follow_id}", status_code=204, responses=_OWN | documented("unknown-follow"))
    def end_follow(device: Annotated[Device, Depends(owner)], follow_id: str) -> Response:
        """Ends a follow at once, from either side."""
        with _refused():
            share.end(services, device, follow_id)
        return Response(status_code=204, headers=_PRIVATE)

    return router


@contextmanager
def _refused() -> Iterator[None]:
    """Turns what is refused into a problem that says what to do."""
    try:
        yield
    except share.UnknownCodeError:
        detail = "Ask the other phone for a new code: each works once, and for some minutes only."
        raise ProblemError("unknown-share-code", detail) from None
    except share.TooManyCodesError as error:
        again = {"Retry-After": str(error.again_after)}
        detail = f"Too many wrong codes: try again in {error.again_after} seconds."
        raise ProblemError("too-many-attempts", detail, headers=again) from None
    except share.ShareRefusedError as error:
        raise ProblemError("share-refused", f"Refused: {error}.") from None
    except share.UnknownFollowError as error:
        raise ProblemError("unknown-follow", f"There is nothing to end: {error}.") from None
    except UnknownSecretError:
        raise unauthenticated() from None
