"""What has changed since the editions that phones may hold: kept for a while, and never needed (decision 23)."""

from collections import OrderedDict

from api.residents.bundle.edition import SECTIONS, Edition, digests_in, lines, whole_section

_REMEMBERED = 500  # changes of one section


class _Section:
    """For former digests of one section, the keys of the rows that have changed since."""

    def __init__(self) -> None:
        self._changed: OrderedDict[str, frozenset[str]] = OrderedDict()

    def note(self, before: str, now: str, keys: frozenset[str]) -> None:
        """The section was `before` until now, and differs in `keys`."""
        self._changed[before] = frozenset()
        self._changed = OrderedDict((digest, known | keys) for digest, known in self._changed.items())
        self._changed.pop(now, None)  # it is again what it was
        while len(self._changed) > _REMEMBERED:
            self._changed.popitem(last=False)

    def since(self, digest: str) -> frozenset[str] | None:
        """The keys that have changed since; None if nobody remembers."""
        return self._changed.get(digest)


class History:
    """Knows what to send to who has an older edition. A section that nobody remembers is sent whole."""

    def __init__(self) -> None:
        self._sections = {name: _Section() for name in SECTIONS}

    def note(self, before: Edition, now: Edition) -> None:
        """One edition has followed another."""
        for name, section in self._sections.items():
            old, new = before.digests[name], now.digests[name]
            if old != new:
                rows, others = before.sections[name], now.sections[name]
                keys = (key for key in rows.keys() | others.keys() if rows.get(key) != others.get(key))
                section.note(old, new, frozenset(keys))

    def patch(self, version: str, now: Edition) -> bytes | None:
        """The lines that make `now` of what a phone has; None if it has nothing that can stay."""
        had = digests_in(version)
        same = [name for name in SECTIONS if had[name] == now.digests[name]]
        remembered = {name: keys for name in SECTIONS if (keys := self._sections[name].since(had[name])) is not None}
        if not same and not remembered:
            return None
        return b"".join(self._part(name, remembered.get(name), now) for name in SECTIONS if name not in same)

    @staticmethod
    def _part(name: str, changed: frozenset[str] | None, now: Edition) -> bytes:
        rows = now.sections[name]
        if changed is None or len(changed) > len(rows):
            return whole_section(name, rows)
        return lines(rows, changed)
