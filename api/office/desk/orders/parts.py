"""What several pages on the office's alerts show."""

from collections.abc import Mapping

from alerts.service.office.standing import Standing, one
from alerts.service.services import Services
from api.office.desk.desk import Desk
from api.office.desk.orders import words
from api.office.menu import ORDERS
from api.office.refusals import RefusalError, Way


def names_of(people: Services) -> Mapping[str, str]:
    """Who is meant by an officer's id."""
    with people.database.read() as uow:
        return {officer.id: officer.name for officer in uow.officers.all()}


def draft_path(desk: Desk, draft_id: str) -> str:
    """Where a draft is written."""
    return f"{desk.path}{ORDERS}/drafts/{draft_id}"


def alert_path(desk: Desk, alert_id: str) -> str:
    """Where an alert of the office is followed."""
    return f"{desk.path}{ORDERS}/alerts/{alert_id}"


def refused(desk: Desk, status: int, text: str) -> RefusalError:
    """Nothing was done; the way leads to the list."""
    return RefusalError(status, "操作は行われませんでした", text, Way("発令・お知らせの一覧へ", f"{desk.path}{ORDERS}"))


def found_alert(desk: Desk, alert_id: str) -> Standing:
    """An alert of the office, also when it is over. Raises `RefusalError`."""
    found = one(desk.services, alert_id)
    if found is None:
        raise refused(desk, 404, words.NO_ALERT)
    return found
