"""Browsers that are logged in, browsers that are known, and what was tried in vain."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from alerts.people.session import Session
from alerts.people.throttle import Failures
from alerts.store.rows import values_of
from alerts.store.tables import known_browsers, login_failures, sessions
from alerts.store.upsert import insert_into


class SessionRepository:
    """Sessions of the office, by the hash of what the browser holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, session: Session) -> None:
        """Keeps a new one."""
        self._connection.execute(sessions.insert().values(values_of(session)))

    def get(self, token_hash: str) -> Session | None:
        """The session; also one that is over."""
        row = self._connection.execute(select(sessions).where(sessions.c.token_hash == token_hash)).one_or_none()
        return Session(**row._mapping) if row else None

    def saw(self, token_hash: str, now: datetime) -> None:
        """A sign of life; never moved back."""
        older = update(sessions).where(sessions.c.token_hash == token_hash, sessions.c.seen_at < now)
        self._connection.execute(older.values(seen_at=now))

    def count(self, officer_id: str) -> int:
        """How many browsers he is logged in from."""
        chosen = select(func.count()).select_from(sessions).where(sessions.c.officer_id == officer_id)
        return self._connection.scalar(chosen) or 0

    def close(self, token_hash: str) -> bool:
        """False if it was closed before."""
        return self._connection.execute(sessions.delete().where(sessions.c.token_hash == token_hash)).rowcount == 1

    def close_all(self, officer_id: str, but: str | None = None) -> int:
        """Logs the officer out everywhere, but for one browser; returns of how many."""
        chosen = sessions.delete().where(sessions.c.officer_id == officer_id)
        kept = chosen if but is None else chosen.where(sessions.c.token_hash != but)
        return self._connection.execute(kept).rowcount

    def forget(self, seen_before: datetime, opened_before: datetime) -> None:
        """Drops those that are over."""
        over = (sessions.c.seen_at < seen_before) | (sessions.c.opened_at < opened_before)
        self._connection.execute(sessions.delete().where(over))


class GuessRepository:
    """What slows guessing down."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def knows(self, officer_id: str, token_hash: str) -> bool:
        """Whether this officer has logged in from this browser."""
        same = (known_browsers.c.token_hash == token_hash) & (known_browsers.c.officer_id == officer_id)
        return self._connection.execute(select(known_browsers.c.token_hash).where(same)).first() is not None

    def know(self, officer_id: str, token_hash: str, now: datetime) -> None:
        """From now on this browser is known to be this officer's."""
        insert = insert_into(self._connection, known_browsers)
        values = insert.values(token_hash=token_hash, officer_id=officer_id, seen_at=now)
        self._connection.execute(
            values.on_conflict_do_update(index_elements=["token_hash"], set_={"officer_id": officer_id, "seen_at": now})
        )

    def forget_browsers(self, officer_id: str | None = None, seen_before: datetime | None = None) -> None:
        """Drops those of an officer, or those that were not seen since."""
        chosen = known_browsers.delete()
        if officer_id is not None:
            chosen = chosen.where(known_browsers.c.officer_id == officer_id)
        if seen_before is not None:
            chosen = chosen.where(known_browsers.c.seen_at < seen_before)
        self._connection.execute(chosen)

    def failures(self, counted_by: str) -> Failures | None:
        """What was tried in vain in a row, locked where there is something."""
        columns = (login_failures.c.count, login_failures.c.last_at)
        chosen = select(*columns).where(login_failures.c.counted_by == counted_by).with_for_update()
        row = self._connection.execute(chosen).one_or_none()
        return Failures(*row) if row else None

    def count(self, counted_by: str, failures: Failures) -> None:
        """Keeps the count."""
        insert = insert_into(self._connection, login_failures)
        values = insert.values(counted_by=counted_by, **values_of(failures))
        self._connection.execute(values.on_conflict_do_update(index_elements=["counted_by"], set_=values_of(failures)))

    def clear(self, counted_by: str) -> None:
        """Somebody came in: he begins at nothing."""
        self._connection.execute(login_failures.delete().where(login_failures.c.counted_by == counted_by))

    def forget(self, last_before: datetime) -> None:
        """Drops what is long ago."""
        self._connection.execute(login_failures.delete().where(login_failures.c.last_at < last_before))
