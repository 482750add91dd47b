"""All pages about people."""

from fastapi import APIRouter

from alerts.service.services import Services
from api.office.door import Door
from api.office.people.account import account_pages
from api.office.people.book import audit_pages
from api.office.people.devices import device_pages
from api.office.people.everybody import people_pages
from api.office.people.login import login_pages
from api.office.people.passkey_login import passkey_login


def office_people(door: Door, live: Services, drill: Services) -> list[APIRouter]:
    """The routers, to be mounted by the application."""
    books = {"live": live, "drill": drill}
    own = [login_pages(door), passkey_login(door), account_pages(door), device_pages(door)]
    return [*own, people_pages(door, drill), audit_pages(door, books)]
