"""The book: who did what, whether it is as it was written, and all of it as a table."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from alerts.people.role import Role
from alerts.service import audit
from alerts.service.audit_csv import lines
from alerts.service.people.sessions import Visitor
from alerts.service.services import Services
from api.office.door import Door
from api.office.pages import render

_A_PAGE = 100


def audit_pages(door: Door, worlds: dict[str, Services]) -> APIRouter:
    """Administrators read the books of both worlds; nobody writes into them by hand."""
    router = APIRouter(include_in_schema=False)

    @router.get("/office/audit")
    def read_book(
        request: Request,
        visitor: Annotated[Visitor, Depends(door.needs(Role.ADMINISTRATOR))],
        before: Annotated[int | None, Query(ge=1)] = None,
        book: str = "live",
        *,
        check: bool = False,
    ) -> Response:
        """The newest entries; with `check` every entry is looked at."""
        chosen = "drill" if book == "drill" else "live"
        services = worlds[chosen]
        return render(
            request,
            "audit.html",
            visitor,
            book=chosen,
            entries=audit.newest(services, _A_PAGE, before),
            checked=audit.check(services) if check else None,
            is_full_page=_A_PAGE,
        )

    @router.get("/office/audit.csv", dependencies=[Depends(door.needs(Role.ADMINISTRATOR))])
    def export_book(book: str = "live") -> Response:
        """The whole book for a spreadsheet."""
        chosen = "drill" if book == "drill" else "live"
        headers = {"Content-Disposition": f'attachment; filename="audit-{chosen}.csv"', "Cache-Control": "no-store"}
        return StreamingResponse(lines(audit.every(worlds[chosen])), media_type="text/csv", headers=headers)

    return router
