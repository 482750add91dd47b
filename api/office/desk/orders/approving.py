"""Another person sees exactly what will happen and lets it out, or sends it back; or nobody came (R2, R6)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.office.approval import ApprovalError
from alerts.office.draft import DraftError, DraftState
from alerts.people.role import Role
from alerts.service.office import drafting, sending
from alerts.service.office.drafting import UnknownDraftError
from alerts.service.office.preview import Preview, preview
from alerts.service.office.revising import alert_of
from alerts.service.people.sessions import Visitor
from api.office.desk.desk import Desk
from api.office.desk.map import Drawing
from api.office.desk.orders import words
from api.office.desk.orders.ground import OrderGround
from api.office.desk.orders.parts import alert_path, draft_path, names_of, refused
from api.office.door import Posted
from api.office.menu import ORDERS
from api.office.pages import see
from api.residents.colours import colour_of

_LONGEST_REASON = 500


def approving_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    page = ApprovalPage(desk)
    approve = f"{ORDERS}/drafts/{{draft_id}}/approve"
    Approval = Annotated[Posted, Depends(desk.posts(Role.APPROVER))]  # noqa: N806 - a type

    @router.get(approve)
    def read_approval(
        request: Request, draft_id: str, visitor: Annotated[Visitor, Depends(desk.needs(Role.APPROVER))]
    ) -> Response:
        """Actual or drill, where, how many phones, every text."""
        return page.show(request, visitor, draft_id)

    @router.post(approve)
    def let_out(request: Request, draft_id: str, posted: Approval) -> Response:
        """Sends exactly what the seal covers. Clicked twice, it is sent once."""
        if not posted.fields.text("checked"):
            return page.show(request, posted.visitor, draft_id, error=words.NOT_CHECKED, status=422)
        return page.send(request, posted, draft_id)

    @router.post(f"{approve}/back")
    def send_back(request: Request, draft_id: str, posted: Approval) -> Response:
        """Not like this: why stands in the book."""
        return page.send_back(request, posted, draft_id)

    return router


def alone_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    page = ApprovalPage(desk)

    @router.post(f"{ORDERS}/drafts/{{draft_id}}/alone")
    def alone(request: Request, draft_id: str, posted: Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]) -> Response:
        """Nobody came: one officer sends a reviewed template, with a reason that stands in the book."""
        return page.send(request, posted, draft_id, reason=posted.fields.text("reason")[:_LONGEST_REASON])

    return router


class ApprovalPage:
    """Makes the page on which somebody else decides."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ground = OrderGround(desk.services)
        self._drawing = Drawing(desk.services.pack)

    def show(
        self, request: Request, visitor: Visitor, draft_id: str, *, error: str | None = None, status: int = 200
    ) -> Response:
        """What would happen if he said yes."""
        desk, shown = self._desk, self._found(draft_id)
        return desk.render(
            request,
            "order_approve.html",
            visitor,
            status=status,
            draft=shown.draft,
            preview=shown,
            reach=shown.reach(desk.services),
            ground=self._ground,
            drawing=self._drawing,
            colour=colour_of,
            names=names_of(desk.door.people),
            said=words,
            error=error,
            now=desk.services.clock.now(),
            is_own=visitor.officer.id in shown.draft.writers | {shown.draft.submitted_by},
            city=desk.services.pack.codes,
        )

    def send(self, request: Request, posted: Posted, draft_id: str, reason: str | None = None) -> Response:
        """By approval, or alone where there is a reason; says why not on the page of whoever asked."""
        services, actor, seal = self._desk.services, posted.visitor.actor, posted.fields.text("seal")
        try:
            if reason is None:
                sent = sending.approve(services, draft_id, actor, seal)
            else:
                sent = sending.break_glass(services, draft_id, actor, seal, reason)
        except UnknownDraftError:
            raise refused(self._desk, 404, words.NO_DRAFT) from None
        except (ApprovalError, DraftError) as error:
            return self._not_sent(request, posted, draft_id, str(error))
        return see(f"{alert_path(self._desk, sent.alert_id)}?done=sent")

    def send_back(self, request: Request, posted: Posted, draft_id: str) -> Response:
        """The draft is its writers' again."""
        why = posted.fields.text("why").strip()
        if not 0 < len(why) <= _LONGEST_REASON:
            return self.show(request, posted.visitor, draft_id, error=words.NO_WHY, status=422)
        try:
            drafting.send_back(self._desk.services, draft_id, posted.visitor.actor, why)
        except UnknownDraftError:
            raise refused(self._desk, 404, words.NO_DRAFT) from None
        except DraftError as error:
            return self.show(request, posted.visitor, draft_id, error=str(error), status=409)
        return see(f"{draft_path(self._desk, draft_id)}?done=back")

    def _not_sent(self, request: Request, posted: Posted, draft_id: str, why: str) -> Response:
        """The second of two clicks finds it sent, and is led to what it sent."""
        draft = self._found(draft_id).draft
        if draft.state is DraftState.SENT:
            return see(f"{alert_path(self._desk, alert_of(draft))}?done=sent")
        return self.show(request, posted.visitor, draft_id, error=why, status=409)

    def _found(self, draft_id: str) -> Preview:
        try:
            return preview(self._desk.services, draft_id)
        except UnknownDraftError:
            raise refused(self._desk, 404, words.NO_DRAFT) from None
