"""All pages of the desk."""

from collections.abc import Callable

from fastapi import APIRouter

from api.office.desk.desk import Desk
from api.office.desk.now.pages import now_pages
from api.office.desk.now.proposals import proposal_pages
from api.office.desk.orders.after import after_pages
from api.office.desk.orders.approving import alone_pages, approving_pages
from api.office.desk.orders.listing import order_list_pages
from api.office.desk.orders.prepared import prepared_pages
from api.office.desk.orders.writing import writing_pages
from api.office.desk.proof.pages import proof_pages
from api.office.desk.shelters.links import link_pages
from api.office.desk.shelters.pages import shelter_pages
from api.office.desk.shelters.reports import report_pages
from api.office.desk.shelters.together import together_pages
from api.office.desk.telegrams.decisions import held_decision_pages
from api.office.desk.telegrams.pages import telegram_pages

PAGES: tuple[Callable[[Desk], APIRouter], ...] = (
    now_pages,
    proposal_pages,
    order_list_pages,
    writing_pages,
    approving_pages,
    alone_pages,
    after_pages,
    prepared_pages,
    shelter_pages,
    report_pages,
    together_pages,
    link_pages,
    proof_pages,
    telegram_pages,
    held_decision_pages,
)


def desk_pages(desk: Desk) -> list[APIRouter]:
    """One world's routers, to be mounted by the application."""
    return [pages(desk) for pages in PAGES]
