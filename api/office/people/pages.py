"""All pages about people, and the address of the office itself."""

from fastapi import APIRouter, Response

from alerts.service.services import Services
from api.office.door import Door
from api.office.pages import see
from api.office.people.account import account_pages
from api.office.people.book import audit_pages
from api.office.people.devices import device_pages
from api.office.people.everybody import people_pages
from api.office.people.login import login_pages
from api.office.people.passkey_login import passkey_login
from api.office.refusals import HOME


def office_people(door: Door, live: Services, drill: Services) -> list[APIRouter]:
    """The routers, to be mounted by the application."""
    entrance = APIRouter(include_in_schema=False)

    @entrance.get("/office")
    def office() -> Response:
        """The office's first page asks for a login by itself."""
        return see(HOME)

    books = {"live": live, "drill": drill}
    own = [login_pages(door), passkey_login(door), account_pages(door), device_pages(door)]
    return [entrance, *own, people_pages(door, drill), audit_pages(door, books)]
