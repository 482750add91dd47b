"""The JSON addresses of the office: read by whoever has logged in and may see everything."""

from fastapi import APIRouter, Depends

from alerts.people.role import Role
from api.bodies import StrictRoute
from api.office.door import Door
from api.problems import documented
from api.residents.world import WorldApi


def for_operators(world: WorldApi, door: Door, path: str = "") -> APIRouter:
    """A router of one world's addresses below /office; what changes something names a greater role itself."""
    return APIRouter(
        prefix=f"{world.prefix}/office{path}",
        tags=[world.tag],
        dependencies=[Depends(door.operators(Role.VIEWER))],
        responses=documented("login-needed", "role-needed"),
        route_class=StrictRoute,
    )
