"""The files that phones get: the whole bundle, or what is new since a version; each made once."""

import gzip
import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.residents.basis import Basis
from api.residents.bundle.edition import Edition
from api.residents.bundle.head import head
from api.residents.bundle.history import History
from api.residents.bundle.keys import BundleKeys
from api.residents.bundle.records import changing, lasting
from api.residents.prepared import GZIP, SHORT, Prepared
from api.residents.snapshot import Snapshot

_KEPT_FILES = 300  # of one moment; a phone asks for one of a few, whatever else asks for any
_WHOLE, _PART = b"whole\n", b"part\n"


class BundleFiles:
    """The bundles of one world. Called by many threads; who comes first makes a file, the others wait for it."""

    def __init__(self, snapshot: Snapshot, keys: BundleKeys) -> None:
        self.keys = keys
        self._snapshot = snapshot
        self._lock = Lock()
        self._lasting = lasting(snapshot.services)
        self._history = History()
        self._edition: Edition | None = None
        self._basis: Basis | None = None
        self._beginning = b""  # of every file of this moment: the head and its signatures
        self._made: OrderedDict[bytes, Prepared] = OrderedDict()

    def whole(self) -> Prepared:
        """Everything."""
        with self._lock:
            return self._whole(self._newest())

    def since(self, version: str) -> Prepared:
        """What is new for a phone that has a version; everything if nothing that it has can stay."""
        with self._lock:
            edition = self._newest()
            patch = self._history.patch(version, edition)
            return self._whole(edition) if patch is None else self._once(_PART + patch, lambda: _PART + patch)

    def _whole(self, edition: Edition) -> Prepared:
        return self._once(_WHOLE, lambda: _WHOLE + edition.body)

    def _newest(self) -> Edition:
        """The edition of this moment. Its head is signed anew where only its age has changed."""
        basis = self._snapshot.answers.basis
        if self._edition is None or basis is not self._basis:
            edition = Edition({**self._lasting, **changing(self._snapshot.services, basis)})
            if self._edition is not None:
                self._history.note(self._edition, edition)
            signed = _json(head(self._snapshot.services, basis, edition, self.keys.public))
            self._beginning = signed + b"\n" + _json(self.keys.sign(signed)) + b"\n"
            self._edition, self._basis = edition, basis
            self._made.clear()
        return self._edition

    def _once(self, name: bytes, content: Callable[[], bytes]) -> Prepared:
        if name not in self._made:
            raw = gzip.compress(self._beginning + content(), compresslevel=9, mtime=0)
            self._made[name] = Prepared(raw, media_type=GZIP, language=None, caching=SHORT)
            if len(self._made) > _KEPT_FILES:
                self._made.popitem(last=False)
        return self._made[name]


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
