"""A draft on its page: saved as it is typed, checked, shown as phones will show it, handed to another person."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.office.content import Content
from alerts.office.draft import OPEN, Draft, DraftError, DraftState, OvertakenError
from alerts.people.role import Role, may
from alerts.service.facilities import places
from alerts.service.office import drafting
from alerts.service.office.drafting import FaultyDraftError, UnknownDraftError
from alerts.service.office.preview import Preview, preview
from alerts.service.people.sessions import Visitor
from api.office.desk.desk import Desk
from api.office.desk.map import Drawing
from api.office.desk.orders import words
from api.office.desk.orders.ground import OrderGround
from api.office.desk.orders.parts import draft_path, names_of, refused
from api.office.desk.orders.typed import Typed, UnknownPlaceError, local, typed
from api.office.door import Posted, is_opened
from api.office.menu import ORDERS
from api.office.pages import see
from api.office.passes.said import number
from api.residents.colours import colour_of


def writing_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    page = DraftPage(desk)
    Form = Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]  # noqa: N806 - a type

    @router.get(f"{ORDERS}/drafts/{{draft_id}}")
    def read_draft(
        request: Request, draft_id: str, visitor: Annotated[Visitor, Depends(desk.needs(Role.VIEWER))]
    ) -> Response:
        """The form, and beside it what would happen."""
        return page.show(request, visitor, draft_id)

    @router.post(f"{ORDERS}/drafts/{{draft_id}}")
    def write_draft(request: Request, draft_id: str, posted: Form) -> Response:
        """Saves; what the pressed button says beside that comes after."""
        return page.write(request, posted, draft_id)

    return router


class DraftPage:
    """Makes the page of a draft, whatever led to it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ground = OrderGround(desk.services)
        self._drawing = Drawing(desk.services.pack)
        self._after: Mapping[str, Callable[[Posted, Draft], Response]] = {
            "submit": self._submit,
            "discard": self._discard,
            "back": self._back,
        }

    def show(
        self,
        request: Request,
        visitor: Visitor,
        draft_id: str,
        *,
        errors: tuple[str, ...] = (),
        mine: Content | None = None,
        status: int = 200,
    ) -> Response:
        """The draft as it stands. `mine` is what was typed into a page that somebody else has overtaken."""
        desk = self._desk
        shown = _found(desk, draft_id)
        is_open = is_opened(request) or status != 200  # noqa: PLR2004 - a script asks for the check alone
        held = visitor.officer.roles
        return desk.render(
            request,
            "order_draft.html",
            visitor,
            status=status,
            draft=shown.draft,
            preview=shown,
            reach=shown.reach(desk.services) if is_open else None,
            errors=errors,
            mine=mine,
            ground=self._ground,
            drawing=self._drawing,
            colour=colour_of,
            places=places(desk.services),
            names=names_of(desk.door.people),
            said=words,
            local=local,
            now=desk.services.clock.now(),
            may_write=may(held, Role.AUTHOR) and shown.draft.state in OPEN,
            may_approve=may(held, Role.APPROVER),
            done=words.DONE.get(request.query_params.get("done", "")) if request.method == "GET" else None,
        )

    def write(self, request: Request, posted: Posted, draft_id: str) -> Response:
        """One form. What is wrong is said on the page; what was typed is kept."""
        was = _found(self._desk, draft_id).draft
        act = posted.fields.text("act")
        try:
            if act in {"discard", "back"}:
                return self._after[act](posted, was)
            found = self._typed(posted, was)
            seen = number(posted.fields.text("version"))
            draft = drafting.save(self._desk.services, draft_id, posted.visitor.actor, found.content, seen or 0)
            if found.faults:
                return self.show(request, posted.visitor, draft_id, errors=found.faults, status=422)
            return self._after[act](posted, draft) if act in self._after else self._saved(draft)
        except OvertakenError as error:
            mine = self._typed(posted, was).content
            return self.show(request, posted.visitor, draft_id, errors=(str(error),), mine=mine, status=409)
        except FaultyDraftError as error:
            return self.show(request, posted.visitor, draft_id, errors=(str(error),), status=422)
        except DraftError as error:
            return self.show(request, posted.visitor, draft_id, errors=(str(error),), status=409)

    def _typed(self, posted: Posted, was: Draft) -> Typed:
        facilities = {place.facility for place in places(self._desk.services)}
        try:
            return typed(posted.fields, was.content, self._ground, facilities)
        except UnknownPlaceError:
            raise refused(self._desk, 422, words.UNKNOWN_PLACE) from None

    def _saved(self, draft: Draft) -> Response:
        return see(f"{draft_path(self._desk, draft.id)}?done=saved")

    def _submit(self, posted: Posted, draft: Draft) -> Response:
        drafting.submit(self._desk.services, draft.id, posted.visitor.actor, draft.version)
        return see(f"{draft_path(self._desk, draft.id)}?done=submitted")

    def _back(self, posted: Posted, draft: Draft) -> Response:
        """The writer takes the question back, to go on writing; already back, it is done."""
        if draft.state is not DraftState.EDITING:
            drafting.send_back(self._desk.services, draft.id, posted.visitor.actor, "taken back by a writer")
        return see(f"{draft_path(self._desk, draft.id)}?done=back")

    def _discard(self, posted: Posted, draft: Draft) -> Response:
        drafting.discard(self._desk.services, draft.id, posted.visitor.actor)
        return see(f"{self._desk.path}{ORDERS}?done=discarded")


def _found(desk: Desk, draft_id: str) -> Preview:
    try:
        return preview(desk.services, draft_id)
    except UnknownDraftError:
        raise refused(desk, 404, words.NO_DRAFT) from None
