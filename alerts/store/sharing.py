"""Who follows whose places, and the codes by which that begins. Deleting either phone deletes all of it."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from alerts.store.rows import columns_of
from alerts.store.tables import devices, follows, share_codes, share_failures
from alerts.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Follow:
    """One phone is told what another's places get."""

    id: str  # random; by it either side ends it
    follower: int
    followed: int
    place: int  # the follower's number for it: 0, 1, …
    since: datetime


class SharingRepository:
    """The shares of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def offer(self, followed: int, code_hash: str, expires_at: datetime, now: datetime) -> None:
        """Keeps a code in place of the phone's last one; those that have expired go."""
        self._connection.execute(
            delete(share_codes).where(or_(share_codes.c.expires_at <= now, share_codes.c.followed == followed))
        )
        given = {"followed": followed, "code_hash": code_hash, "expires_at": expires_at}
        self._connection.execute(insert(share_codes).values(given))

    def offered(self, code_hash: str, now: datetime) -> int | None:
        """The phone that gave this code away; None if nobody did, it was taken, or its time is over."""
        chosen = select(share_codes.c.followed).where(
            share_codes.c.code_hash == code_hash, share_codes.c.expires_at > now
        )
        return self._connection.scalar(chosen)

    def take(self, code_hash: str) -> bool:
        """Uses a code up; False if somebody else was faster."""
        return self._connection.execute(delete(share_codes).where(share_codes.c.code_hash == code_hash)).rowcount == 1

    def failures(self, device: int, since: datetime) -> tuple[int, datetime] | None:
        """How many wrong codes a phone has shown, and since when; None if none after `since`."""
        chosen = select(share_failures.c.count, share_failures.c.since).where(
            share_failures.c.device == device, share_failures.c.since > since
        )
        row = self._connection.execute(chosen).one_or_none()
        return (row[0], row[1]) if row else None

    def failed(self, device: int, since: datetime, now: datetime) -> None:
        """Counts one wrong code more; what was before `since` is forgotten."""
        self._connection.execute(delete(share_failures).where(share_failures.c.since <= since))
        first = insert_into(self._connection, share_failures).values(device=device, count=1, since=now)
        more = {"count": share_failures.c.count + 1}
        self._connection.execute(first.on_conflict_do_update(index_elements=["device"], set_=more))

    def add(self, follow: Follow, now: datetime) -> None:
        """Begins a follow; raises `IntegrityError` where one of the phones is gone. It counts as a change."""
        values = {"follower": follow.follower, "followed": follow.followed, "place": follow.place}
        self._connection.execute(insert(follows).values(**values, id=follow.id, since=follow.since))
        self._changed({follow.follower}, now)

    def end(self, follow_id: str, device: int, now: datetime) -> bool:
        """Ends a follow that the phone is one side of; False if it has none of this id."""
        side = or_(follows.c.follower == device, follows.c.followed == device)
        ended = delete(follows).where(follows.c.id == follow_id, side).returning(follows.c.follower)
        followers = set(self._connection.scalars(ended))
        self._changed(followers, now)
        return bool(followers)

    def end_all_of(self, followed: int, now: datetime) -> None:
        """Ends the follows of a phone that goes away. It counts as a change of those who followed it."""
        ended = delete(follows).where(follows.c.followed == followed).returning(follows.c.follower)
        self._changed(set(self._connection.scalars(ended)), now)

    def of(self, device: int) -> list[Follow]:
        """The follows that a phone is one side of, the oldest first."""
        side = or_(follows.c.follower == device, follows.c.followed == device)
        rows = self._connection.execute(select(*columns_of(follows, Follow)).where(side).order_by(follows.c.since))
        return [Follow(**row._mapping) for row in rows]

    def followers(self, followed: int) -> int:
        """How many phones follow one."""
        counted = select(func.count()).select_from(follows).where(follows.c.followed == followed)
        return self._connection.execute(counted).scalar_one()

    def around(self, *devices_asked: int) -> dict[int, set[int]]:
        """By follower, whom they follow: of these phones, and of everybody who is reached from them."""
        found: dict[int, set[int]] = defaultdict(set)
        asked: set[int] = set()
        waiting: Set[int] = set(devices_asked)
        while waiting:
            asked |= waiting
            chosen = select(follows.c.follower, follows.c.followed).where(follows.c.follower.in_(waiting))
            rows = self._connection.execute(chosen).all()
            for follower, followed in rows:
                found[follower].add(followed)
            waiting = {followed for _, followed in rows} - asked
        return dict(found)

    def _changed(self, numbers: Set[int], now: datetime) -> None:
        """What these phones are told about is another thing now; the reasons that are given later must know."""
        self._connection.execute(update(devices).where(devices.c.number.in_(numbers)).values(updated_at=now))
