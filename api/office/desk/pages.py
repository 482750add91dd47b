"""All pages of the desk."""

from collections.abc import Callable

from fastapi import APIRouter

from api.office.desk.desk import Desk
from api.office.desk.now.pages import now_pages
from api.office.desk.now.proposals import proposal_pages

PAGES: tuple[Callable[[Desk], APIRouter], ...] = (now_pages, proposal_pages)


def desk_pages(desk: Desk) -> list[APIRouter]:
    """One world's routers, to be mounted by the application."""
    return [pages(desk) for pages in PAGES]
