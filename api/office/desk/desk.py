"""What a page of the desk is made from: one world, its address, and the door."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from alerts.people.role import Role
from alerts.service.people.sessions import Visitor
from alerts.service.services import Services
from api.office.cookies import sit_at_drill
from api.office.desk.facts import facts
from api.office.desk.pulse import DeskPulse
from api.office.door import Door, Needs, Posts, is_opened
from api.office.menu import DESKS
from api.office.pages import render
from api.residents.world import WorldApi


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """One world's pages below /office or /office/drill: no page knows two worlds (R1)."""

    world: WorldApi
    door: Door
    pulse: DeskPulse

    @classmethod
    def of(cls, world: WorldApi, door: Door) -> "Desk":
        """The desk of a world."""
        return cls(world, door, DeskPulse(partial(facts, world, door.people)))

    @property
    def name(self) -> str:
        """`live` or `drill`."""
        return self.world.tag

    @property
    def path(self) -> str:
        """Where the pages are."""
        return DESKS[self.name]

    @property
    def services(self) -> Services:
        """The world's use cases."""
        return self.world.services

    def router(self) -> APIRouter:
        """For pages of this world; paths below are the same in both."""
        return APIRouter(prefix=self.path, include_in_schema=False)

    def needs(self, role: Role | None) -> Needs:
        """A page for whoever has the role, None: who has logged in; a live one asks first who comes from the drill."""
        return Needs(self.door, role, is_live_desk=not self.services.is_drill)

    def posts(self, role: Role) -> Posts:
        """A form of one of this world's own pages: the other world's is refused."""
        return Posts(self.door, role, self.name, is_live_desk=not self.services.is_drill)

    def render(
        self,
        request: Request,
        template: str,
        visitor: Visitor,
        *,
        status: int = 200,
        **values: Any,  # noqa: ANN401
    ) -> Response:
        """A page in this world's colour and word. `desk` is its address in templates."""
        values = {"desk": self.path, **values}
        response = render(request, template, visitor, status=status, world=self.name, values=values)
        if self.services.is_drill and is_opened(request):
            sit_at_drill(self.door.people, response)
        return response
