"""Who may report: the telephone that opened a link, for the places and in the world of its pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from alerts.service.people import shelter_passes
from alerts.service.people.shelter_passes import Holder
from alerts.service.services import Services
from api.office.cookies import pass_token
from api.office.door import Door
from api.office.forms import Fields, read_form
from api.office.refusals import SHELTER, foreign_origin, form_not_ours, pass_over
from api.office.tokens import is_form_token


@dataclass(frozen=True, slots=True)
class Reporting:
    """A pass in use, and the one world in which it reports (R1)."""

    holder: Holder
    world: Services


@dataclass(frozen=True, slots=True)
class ReportPosted:
    """A form that the telephone sent from our page."""

    reporting: Reporting
    fields: Fields


@dataclass(frozen=True, slots=True, eq=False)
class Holds:
    """The dependency of a shelter's page."""

    door: Door
    worlds: Mapping[str, Services]

    def __call__(self, request: Request) -> Reporting:
        """Whose telephone it is. Raises `RefusalError`."""
        token = pass_token(self.door.people, request)
        holder = shelter_passes.find(self.door.people, token) if token else None
        if holder is None:
            raise pass_over()
        return Reporting(holder, self.worlds[holder.shelter_pass.world])


@dataclass(frozen=True, slots=True, eq=False)
class HolderPosts:
    """The dependency of a shelter's form."""

    holds: Holds

    def __call__(self, request: Request, fields: Annotated[Fields, Depends(read_form)]) -> ReportPosted:
        """The form, from our page, of this pass. Raises `RefusalError`."""
        if not self.holds.door.is_own_page(request):
            raise foreign_origin()
        reporting = self.holds(request)
        holder = reporting.holder
        if not is_form_token(fields.text("form_token"), holder.token, holder.shelter_pass.world):
            raise form_not_ours(SHELTER)
        return ReportPosted(reporting, fields)
