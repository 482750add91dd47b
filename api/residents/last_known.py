"""What one world's database said last, in a file: a start without the database still says what was in force (R30)."""

import logging
import os
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from alerts.service.services import Services
from alerts.wording.office_text import OfficeText
from api.residents.held import Held

_LOG = logging.getLogger(__name__)
_NEVER_IN_A_DATABASE = -1  # a version: at the first look everything is read anew


@dataclass(frozen=True, slots=True)
class _Kept:
    """Facts and whose they are: another city's, or another world's, are never shown (R1)."""

    world: str
    city: str
    held: Held


_KEPT = TypeAdapter(_Kept)
_KEPT.rebuild(_types_namespace={"OfficeText": OfficeText})  # which `Revision` names, and cannot import


class LastKnown:
    """The file of one world. A copy: whatever is wrong with it, the service goes on without."""

    def __init__(self, services: Services, folder: Path) -> None:
        """`folder` exists, and is readable by its owner only."""
        self._services = services
        self._file = folder / f"last-known-{services.world.name}.json"
        self._written: Held | None = None
        self._is_failing = False

    def read(self, bundled: Held) -> Held:
        """What was kept, in place of what the city pack alone says; `bundled` where nothing was."""
        try:
            kept = _KEPT.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return bundled
        except (OSError, ValidationError) as error:
            _LOG.warning("%s cannot be used, and the database is waited for: %s", self._file, error)
            return bundled
        if (kept.world, kept.city) != self._whose:
            return bundled
        held, now = kept.held, self._services.clock.now()
        imported = held.sites_at is not None
        return replace(
            held,
            overview=held.overview and replace(held.overview, version=_NEVER_IN_A_DATABASE),
            sites=held.sites if imported else bundled.sites,
            site_districts=held.site_districts if imported else bundled.site_districts,
            sites_version=_NEVER_IN_A_DATABASE if imported else bundled.sites_version,
            openings_version=_NEVER_IN_A_DATABASE,
            displays=tuple(each for each in held.displays if each.valid_until > now),
            displays_version=_NEVER_IN_A_DATABASE,
            proof_version=_NEVER_IN_A_DATABASE,
        )

    def keep(self, held: Held) -> None:
        """Writes what the database says now, if that is something new; never raises."""
        if held == self._written:
            return
        try:
            self._write(_KEPT.dump_json(_Kept(*self._whose, held)))
        except Exception as error:  # noqa: BLE001  a copy that cannot be made ends nobody's reads
            if not self._is_failing:
                _LOG.error(
                    "%s cannot be written: a start without the database would know nothing: %s", self._file, error
                )
            self._is_failing = True
        else:
            self._written, self._is_failing = held, False

    def _write(self, raw: bytes) -> None:
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(raw)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(self._file)

    @property
    def _whose(self) -> tuple[str, str]:
        return self._services.world.name, self._services.pack.codes.code
