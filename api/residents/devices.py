"""A phone registers, looks at itself, changes and leaves. Each world's phones are its own (R1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from alerts.service import register
from alerts.service.registration import UnknownDistrictError, UnknownSecretError
from alerts.store.device import Device
from api.problems import FieldError, ProblemError, documented
from api.residents.owner import owner_in, unauthenticated
from api.residents.schemas.devices import DeviceAnswer, DeviceOut, RegisteredAnswer
from api.residents.schemas.registration import DeviceChangeIn, DeviceIn
from api.residents.world import WorldApi

_PRIVATE = {"Cache-Control": "no-store"}
_REFUSALS = documented("malformed-request", "too-large", "invalid-request", "unavailable")


def devices(world: WorldApi) -> APIRouter:
    """Registration of one world's devices."""
    services = world.services
    owner = owner_in(services)
    router = APIRouter(prefix=f"{world.prefix}/devices", tags=[world.tag])

    @router.post("", status_code=201, responses=_REFUSALS)
    def register_device(wanted: DeviceIn, response: Response) -> RegisteredAnswer:
        """Registers a phone and tells it its secret, once; an address known already is renewed with a new secret."""
        with _districts_named():
            registered = register.register(services, wanted.registration(services.pack.policy.preferences))
        response.headers.update(_PRIVATE | {"Location": f"{world.prefix}/devices/me"})
        device = DeviceOut.of(registered.device)
        return RegisteredAnswer(**_now(world), id=device.id, secret=registered.secret, device=device)

    @router.get("/me", responses=documented("unauthenticated", "unavailable"))
    def read_device(device: Annotated[Device, Depends(owner)], response: Response) -> DeviceAnswer:
        """The registration that the secret belongs to."""
        response.headers.update(_PRIVATE)
        return DeviceAnswer(**_now(world), device=DeviceOut.of(device))

    @router.patch("/me", responses=documented("unauthenticated") | _REFUSALS)
    def change_device(
        device: Annotated[Device, Depends(owner)], wanted: DeviceChangeIn, response: Response
    ) -> DeviceAnswer:
        """Changes what is sent and leaves the rest; a new address is the way to follow Firebase's rotation."""
        response.headers.update(_PRIVATE)
        with _districts_named():
            changed = register.change(services, device, wanted.choice(services.pack.policy.preferences))
        return DeviceAnswer(**_now(world), device=DeviceOut.of(changed))

    @router.delete("/me", status_code=204, responses=documented("unauthenticated", "unavailable"))
    def forget_device(device: Annotated[Device, Depends(owner)]) -> Response:
        """Forgets the phone at once; nothing personal is left."""
        register.delete(services, device)
        return Response(status_code=204, headers=_PRIVATE)

    return router


def _now(world: WorldApi) -> dict[str, Any]:
    """A registration is read as it is now: never stale."""
    return {"as_of": world.services.clock.now(), "stale": False, "drill": world.services.is_drill}


@contextmanager
def _districts_named() -> Iterator[None]:
    """Turns what a registration is refused for into a problem that names the fields."""
    try:
        yield
    except UnknownDistrictError as error:
        errors = tuple(
            FieldError(field=f"body.{place}", message=f"{name} is not a district of this city")
            for place, name in error.unknown.items()
        )
        raise ProblemError(
            "invalid-request", "Take district ids from /v1/districts; an empty list is the whole city.", errors=errors
        ) from None
    except UnknownSecretError:
        raise unauthenticated() from None
