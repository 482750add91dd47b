"""The decision on a proposed evacuation order, from the Now page; recorded, and nothing is sent (R25)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from alerts.people.role import Role
from alerts.proposal import ProposalState
from alerts.service import proposals
from alerts.service.proposals import NotWaitingError, UnknownProposalError
from api.office.desk.desk import Desk
from api.office.desk.now import words
from api.office.door import Posted
from api.office.pages import see
from api.office.refusals import RefusalError, Way

_VERDICTS = {"confirm": ProposalState.CONFIRMED, "decline": ProposalState.DECLINED}
_LONGEST_NOTE = 2000


def proposal_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    Form = Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]  # noqa: N806 - a type

    @router.post("/proposals/{proposal_id}/decision")
    def decide(proposal_id: str, posted: Form) -> Response:
        """What the city decided, by whom and why."""
        verdict, note = posted.fields.text("verdict"), posted.fields.text("note").strip()
        if verdict not in _VERDICTS or not 0 < len(note) <= _LONGEST_NOTE:
            raise _refused(desk, 422, words.NO_REASON)
        officer = posted.visitor.officer
        try:
            proposals.decide(desk.services, proposal_id, _VERDICTS[verdict], officer.name, note, posted.visitor.actor)
        except UnknownProposalError:
            raise _refused(desk, 404, words.UNKNOWN) from None
        except NotWaitingError as error:
            raise _refused(desk, 409, words.not_waiting(error.proposal)) from None
        return see(f"{desk.path}?done={verdict}")

    return router


def _refused(desk: Desk, status: int, text: str) -> RefusalError:
    return RefusalError(status, "判断は記録されませんでした", text, Way("現在の状況に戻る", desk.path))
