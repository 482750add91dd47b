"""A phone registers, looks at itself, changes and leaves. Each world's phones are its own (R1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service import register
from alerts.service.once import Ask, register_once
from alerts.service.registration import (
    KeyReusedError,
    KeySpentError,
    Registered,
    UnknownDistrictError,
    UnknownSecretError,
)
from alerts.store.device import Device
from api.bodies import StrictRoute
from api.guard.gate import AppCheckToken, Gate
from api.problems import FieldError, ProblemError, documented
from api.residents.owner import changing_owner_in, owner_in, unauthenticated
from api.residents.schemas.devices import DeviceAnswer, DeviceOut, RegisteredAnswer
from api.residents.schemas.registration import DeviceChangeIn, DeviceIn, IdempotencyKey
from api.residents.stamp import fresh
from api.residents.world import WorldApi

_PRIVATE = {"Cache-Control": "no-store"}
_REFUSALS = documented("malformed-request", "too-large", "invalid-request", "too-many-requests", "unavailable")
_REGISTERING = _REFUSALS | documented("not-our-app", "key-spent")


def devices(world: WorldApi, gate: Gate) -> APIRouter:
    """Registration of one world's devices, within the bounds of the gate."""
    services = world.services
    owner, changing = owner_in(services), changing_owner_in(services, gate)
    router = APIRouter(prefix=f"{world.prefix}/devices", tags=[world.tag], route_class=StrictRoute)

    def admitted(request: Request, app_check: AppCheckToken = None) -> None:
        """Raises the problem of a registration that is not let in."""
        gate.admit_registration(services, request, app_check)

    @router.post("", status_code=201, responses=_REGISTERING, dependencies=[Depends(admitted)])
    def register_device(wanted: DeviceIn, response: Response, key: IdempotencyKey = None) -> RegisteredAnswer:
        """Registers a phone and tells it its secret; an address known already is renewed with a new secret."""
        said = wanted.registration(services.pack.policy.preferences)
        with _refused():
            if key is None:
                registered = register.register(services, said)
            else:
                registered = register_once(services, said, Ask(key, wanted.model_dump_json()))
        response.headers.update(_PRIVATE | {"Location": f"{world.prefix}/devices/me"})
        return _told(world, registered)

    @router.get("/me", responses=documented("unauthenticated", "unavailable"))
    def read_device(device: Annotated[Device, Depends(owner)], response: Response) -> DeviceAnswer:
        """The registration that the secret belongs to."""
        response.headers.update(_PRIVATE)
        return DeviceAnswer(**fresh(services), device=DeviceOut.of(device))

    @router.patch("/me", responses=documented("unauthenticated") | _REFUSALS)
    def change_device(
        device: Annotated[Device, Depends(changing)], wanted: DeviceChangeIn, response: Response
    ) -> DeviceAnswer:
        """Changes what is sent and leaves the rest; a new address is the way to follow Firebase's rotation."""
        response.headers.update(_PRIVATE)
        with _refused():
            changed = register.change(services, device, wanted.choice(services.pack.policy.preferences))
        return DeviceAnswer(**fresh(services), device=DeviceOut.of(changed))

    @router.post("/me/secret", responses=documented("unauthenticated", "too-many-requests", "unavailable"))
    def rotate_secret(device: Annotated[Device, Depends(changing)], response: Response) -> RegisteredAnswer:
        """Gives the phone another secret; the one it asked with opens nothing any more. If lost: register again."""
        response.headers.update(_PRIVATE)
        with _refused():
            return _told(world, register.rotate(services, device))

    @router.delete("/me", status_code=204, responses=documented("unauthenticated", "unavailable"))
    def forget_device(device: Annotated[Device, Depends(owner)]) -> Response:
        """Forgets the phone at once; nothing personal is left."""
        register.delete(services, device)
        return Response(status_code=204, headers=_PRIVATE)

    return router


def _told(world: WorldApi, registered: Registered) -> RegisteredAnswer:
    device = DeviceOut.of(registered.device)
    return RegisteredAnswer(**fresh(world.services), id=device.id, secret=registered.secret, device=device)


@contextmanager
def _refused() -> Iterator[None]:
    """Turns what a registration is refused for into a problem that says what to do."""
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
    except KeyReusedError:
        again = FieldError(field="header.Idempotency-Key", message="it came with another registration before")
        raise ProblemError(
            "invalid-request", "Take a new random key for a new registration.", errors=(again,)
        ) from None
    except KeySpentError:
        detail = "Use the newer secret; if it is lost, register with a new Idempotency-Key."
        raise ProblemError("key-spent", detail) from None
    except UnknownSecretError:
        raise unauthenticated() from None
