"""All pages of the desk."""

from collections.abc import Callable

from fastapi import APIRouter

from api.office.desk.desk import Desk
from api.office.desk.now.pages import now_pages
from api.office.desk.now.proposals import proposal_pages
from api.office.desk.shelters.links import link_pages
from api.office.desk.shelters.pages import shelter_pages
from api.office.desk.shelters.reports import report_pages
from api.office.desk.shelters.together import together_pages

PAGES: tuple[Callable[[Desk], APIRouter], ...] = (
    now_pages,
    proposal_pages,
    shelter_pages,
    report_pages,
    together_pages,
    link_pages,
)


def desk_pages(desk: Desk) -> list[APIRouter]:
    """One world's routers, to be mounted by the application."""
    return [pages(desk) for pages in PAGES]
