"""All pages of the shelters' limited login: what the telephone sees that holds a link."""

from fastapi import APIRouter

from alerts.service.services import Services
from api.office.door import Door
from api.office.passes.beginning import beginning_pages
from api.office.passes.reporting import reporting_pages


def shelter_passes(door: Door, live: Services, drill: Services) -> list[APIRouter]:
    """The routers, to be mounted by the application."""
    worlds = {"live": live, "drill": drill}
    return [beginning_pages(door, worlds), reporting_pages(door, worlds)]
