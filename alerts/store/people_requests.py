"""Acts of administrators that wait for a second one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from alerts.people.request import Request, RequestState
from alerts.people.role import Role
from alerts.store.rows import values_of
from alerts.store.tables import people_requests


class PeopleRequestRepository:
    """Requests of the office's administrators."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: Request) -> None:
        """Keeps a new one."""
        self._connection.execute(people_requests.insert().values(values_of(request) | {"roles": sorted(request.roles)}))

    def get(self, request_id: str) -> Request | None:
        """By id."""
        row = self._connection.execute(select(people_requests).where(people_requests.c.id == request_id)).one_or_none()
        return _request(row) if row else None

    def open(self, asked_after: datetime) -> list[Request]:
        """Those that can be confirmed, the oldest first."""
        waiting = (people_requests.c.state == RequestState.OPEN) & (people_requests.c.asked_at > asked_after)
        chosen = select(people_requests).where(waiting).order_by(people_requests.c.asked_at)
        return [_request(row) for row in self._connection.execute(chosen)]

    def decide(self, request_id: str, state: RequestState, by: str, now: datetime) -> bool:
        """Compare and set: False if somebody decided before."""
        same = update(people_requests).where(
            people_requests.c.id == request_id, people_requests.c.state == RequestState.OPEN
        )
        return self._connection.execute(same.values(state=state, decided_by=by, decided_at=now)).rowcount == 1


def _request(row: Row[Any]) -> Request:
    return Request(**(dict(row._mapping) | {"roles": frozenset(map(Role, row.roles))}))
