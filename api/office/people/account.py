"""One's own account: password, printed codes, being reachable, and going out everywhere else."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service.people import account, sessions
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import Visitor
from alerts.service.services import Services
from api.office.door import Door, Posted
from api.office.forms import Fields
from api.office.pages import render, see
from api.office.refusals import ACCOUNT

HOURS = (2, 8, 12, 24)


def account_pages(door: Door) -> APIRouter:
    """What every officer sees of himself, and nobody else does."""
    router = APIRouter(prefix=ACCOUNT, include_in_schema=False)
    people = door.people
    Form = Annotated[Posted, Depends(door.posts(None))]  # noqa: N806 - a type

    @router.get("")
    def read_account(request: Request, visitor: Annotated[Visitor, Depends(door.needs(None))]) -> Response:
        """What there is, and what is missing."""
        return _page(people, request, visitor, None)

    @router.post("/password")
    def change_password(posted: Form) -> Response:
        """A new one, typed twice."""
        account.change_password(people, posted.visitor, chosen_password(posted.fields))
        return see(f"{ACCOUNT}?done=password")

    @router.post("/recovery")
    def make_codes(request: Request, posted: Form) -> Response:
        """Ten codes, shown on this page and never again."""
        return _page(people, request, posted.visitor, account.new_recovery_codes(people, posted.visitor))

    @router.post("/reachable")
    def be_reachable(posted: Form) -> Response:
        """For so many hours from now; anything else: not any more."""
        hours = {str(each): each for each in HOURS}.get(posted.fields.text("hours"), 0)
        account.reachable_for(people, posted.visitor, timedelta(hours=hours))
        return see(f"{ACCOUNT}?done=reachable")

    @router.post("/elsewhere")
    def log_out_elsewhere(posted: Form) -> Response:
        """Every other browser is out."""
        sessions.sign_out_elsewhere(people, posted.visitor)
        return see(f"{ACCOUNT}?done=elsewhere")

    return router


def chosen_password(fields: Fields) -> str:
    """A password that was typed twice in the same way. Raises `RefusedError` (`DIFFERENT`)."""
    if fields.text("password") != fields.text("again"):
        raise RefusedError(Reason.DIFFERENT)
    return fields.text("password")


def _page(people: Services, request: Request, visitor: Visitor, codes: list[str] | None) -> Response:
    now = people.clock.now()
    return render(
        request,
        "account.html",
        visitor,
        account=account.account(people, visitor),
        codes=codes,
        done=request.query_params.get("done"),
        hours=HOURS,
        is_fresh=visitor.session.is_fresh(now),
        now=now,
    )
