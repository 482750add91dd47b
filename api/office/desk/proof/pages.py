"""The proof by day, one revision's way, and a day as a table for a spreadsheet."""

from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from alerts.people.role import Role
from alerts.service import proof
from alerts.service.people.sessions import Visitor
from alerts.service.proof_csv import lines
from alerts.times import japan_day
from api.office import proof_words
from api.office.desk.desk import Desk
from api.office.proof_chart import chart
from api.office.refusals import RefusalError, Way

UNKNOWN = "配信の記録の一覧から選び直してください。"
WRONG_DAY = "配信の記録を開き直して、日付を選んでください。"


def proof_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    services = desk.services
    back = Way("配信の記録へ", f"{desk.path}/proof")
    Viewer = Annotated[Visitor, Depends(desk.needs(Role.VIEWER))]  # noqa: N806 - a type

    def asked(day: str) -> date:
        """The day in the address; today where there is none."""
        try:
            chosen = date.fromisoformat(day) if day else japan_day(services.clock.now())
            datetime(chosen.year - 1, 1, 1), datetime(chosen.year + 1, 1, 1)  # noqa: DTZ001 - its neighbours exist
        except ValueError:
            raise RefusalError(422, "日付を読み取れません", WRONG_DAY, back) from None
        return chosen

    @router.get("/proof")
    def read_proof(request: Request, visitor: Viewer, day: str = "") -> Response:
        """What was decided on a day, and how long it took; the figures of the last days."""
        chosen, today = asked(day), japan_day(services.clock.now())
        figures = proof.figures(services)
        return desk.render(
            request,
            "proof.html",
            visitor,
            day=chosen,
            before=chosen - timedelta(days=1),
            after=chosen + timedelta(days=1) if chosen < today else None,
            journeys=proof.of_day(services, chosen),
            figures=figures,
            chart=chart(figures),
            said=proof_words,
        )

    @router.get("/proof.csv", dependencies=[Depends(desk.needs(Role.VIEWER))])
    def export_proof(day: str = "") -> Response:
        """A day for a spreadsheet."""
        chosen = asked(day)
        name = f"proof-{desk.name}-{chosen.isoformat()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return StreamingResponse(lines(proof.of_day(services, chosen)), media_type="text/csv", headers=headers)

    @router.get("/proof/{alert_id}/{revision}")
    def read_journey(request: Request, visitor: Viewer, alert_id: str, revision: int) -> Response:
        """One revision's whole way, and what else its telegram did."""
        found = proof.one(services, alert_id, revision) if 0 < revision < 2**31 else None
        if found is None:
            raise RefusalError(404, "配信の記録が見つかりません", UNKNOWN, back)
        of_day = proof.of_day(services, japan_day(found.decided_at)) if found.telegram_id else []
        return desk.render(
            request,
            "proof_journey.html",
            visitor,
            one=found,
            others=[each for each in of_day if each.telegram_id == found.telegram_id and each != found],
            day=japan_day(found.decided_at),
            said=proof_words,
        )

    return router
