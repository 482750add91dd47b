"""What the service makes of one text, and what the text states: the two sides of the oracle."""

from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from alerts.admission import may_act, may_show
from alerts.alert import Change
from alerts.city.codes import CityCodes
from alerts.city.pack import CityPack
from alerts.explain import Explanation, explain
from alerts.situation import HazardChange, HazardState, Saying, changes_by, notices_in_force, state_after
from alerts.telegram import kinds
from alerts.telegram.notice import notice_of
from alerts.telegram.reading import Outcome, Reading
from alerts.telegram.xml import BrokenTelegramError, parse
from alerts.world import LIVE
from bosai.fuzz.stated import Statement, stated

_BEFORE = datetime(1990, 1, 1, tzinfo=UTC)  # older than every telegram

Fall = tuple[str, Change]  # a hazard, and whether it would be ended or retracted


@dataclass(frozen=True, slots=True)
class Seen:
    """One text in the eyes of the service and of the yardstick.

    `rises` is hazard, code and level of every push to residents who were told nothing yet; `falls` is what would be
    ended or retracted if every hazard of the type were in force. `status` and `info_type` are the words as they stand
    first in the text, empty where there are none.
    """

    reading: Reading
    rises: frozenset[Statement]
    falls: frozenset[Fall]
    shown: bool
    stated: frozenset[Statement]
    status: str = ""
    info_type: str = ""


def see(raw: bytes, file: str, pack: CityPack, *, whole: bool = True) -> Seen:
    """Reads and decides a text in the live world, and takes the yardstick to it.

    If not `whole`, the yardstick is left out where the text is held and says nothing: most mutants are, and it is slow.
    """
    explanation = explain(raw, file, pack)
    reading = explanation.reading
    acts = (_rises(explanation), _falls(reading), may_show(LIVE, reading))
    if not whole and reading.outcome is Outcome.HOLD and not any(acts):
        return Seen(reading, *acts, frozenset())
    try:
        root = parse(raw)
    except BrokenTelegramError:
        return Seen(reading, *acts, frozenset())
    words = (_word(root, "Control", "Status"), _word(root, "Head", "InfoType"))
    return Seen(reading, *acts, _stated(root, reading, pack.codes), *words)


def _rises(explanation: Explanation) -> frozenset[Statement]:
    in_force = notices_in_force(explanation.reading)
    return frozenset((each.hazard, in_force[each.hazard].code, each.level) for each in explanation.pushes)


def _falls(reading: Reading) -> frozenset[Fall]:
    envelope = reading.envelope
    if envelope is None or envelope.unit is None or not may_act(LIVE, reading):
        return frozenset()
    states = {state.hazard: state for state in _everything_in_force(reading.type, envelope.unit)}
    changes = changes_by(reading, states, envelope.issued_at)
    return frozenset((each.hazard, each.change) for each in changes if each.notice is None and each.change)


def _everything_in_force(telegram_type: str | None, unit: str) -> list[HazardState]:
    saying = Saying("chain", unit, "telegram", _BEFORE)
    kind_of = {kind.hazard: kind for kind in kinds.table().values() if kind.hazard in kinds.hazards_of(telegram_type)}
    changes = (HazardChange(name, Change.ISSUE, None, notice_of(kind)) for name, kind in kind_of.items())
    return [state for change in changes if (state := state_after(change, saying, "alert")) is not None]


def _stated(root: etree._Element, reading: Reading, city: CityCodes) -> frozenset[Statement]:
    return stated(root, reading.type, city) if reading.type else frozenset()


def _word(root: etree._Element, half: str, name: str) -> str:
    return (root.findtext(f"{{*}}{half}/{{*}}{name}") or "").strip()
