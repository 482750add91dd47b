"""All pages of the desk."""

from collections.abc import Callable

from fastapi import APIRouter

from api.office.desk.desk import Desk

PAGES: tuple[Callable[[Desk], APIRouter], ...] = ()


def desk_pages(desk: Desk) -> list[APIRouter]:
    """One world's routers, to be mounted by the application."""
    return [pages(desk) for pages in PAGES]
