"""What the office decides on a held telegram: it was looked at, or it is read again (R16)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response

from alerts.people.role import Role
from alerts.service import held_decisions
from alerts.service.held_decisions import NotHeldError
from api.office.desk.desk import Desk
from api.office.desk.telegrams import words
from api.office.door import Posted
from api.office.menu import TELEGRAMS
from api.office.pages import see
from api.office.refusals import RefusalError, Way

_LONGEST_NOTE = 500


def held_decision_pages(desk: Desk) -> APIRouter:
    """One world's forms."""
    router = desk.router()
    Form = Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]  # noqa: N806 - a type

    @router.post(f"{TELEGRAMS}/stored/seen")
    def set_aside(posted: Form) -> Response:
        """Somebody looked at it and says what he found."""
        telegram_id, note = posted.fields.text("id"), posted.fields.text("note").strip()
        if not 0 < len(note) <= _LONGEST_NOTE:
            raise refused(desk, 422, words.NO_NOTE)
        try:
            held_decisions.set_aside(desk.services, telegram_id, posted.visitor.actor, note)
        except NotHeldError:
            raise refused(desk, 409, words.UNKNOWN) from None
        return see(_path(desk, telegram_id, "seen"))

    @router.post(f"{TELEGRAMS}/stored/again")
    def read_again(posted: Form) -> Response:
        """After an update: by the rules of this version, as a new one would be."""
        telegram_id = posted.fields.text("id")
        try:
            is_new = held_decisions.read_again(desk.services, telegram_id, posted.visitor.actor)
        except NotHeldError:
            raise refused(desk, 409, words.UNKNOWN) from None
        return see(_path(desk, telegram_id, "again" if is_new else "same"))

    return router


def _path(desk: Desk, telegram_id: str, done: str) -> str:
    return f"{desk.path}{TELEGRAMS}/stored?{urlencode({'id': telegram_id, 'done': done})}"


def refused(desk: Desk, status: int, text: str) -> RefusalError:
    """Nothing was done; the way leads to the list."""
    return RefusalError(status, "操作は行われませんでした", text, Way("電文の一覧へ", f"{desk.path}{TELEGRAMS}"))
