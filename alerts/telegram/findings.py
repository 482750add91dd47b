"""What a family's reader found in one telegram, before the telegram's status is weighed."""

from collections.abc import Iterable
from dataclasses import dataclass

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.display.content import Display
from alerts.telegram.envelope import Envelope
from alerts.telegram.notice import Notice, NoticeState

_OVER = "解除"


@dataclass(frozen=True, slots=True)
class Findings:
    """What is said about the city; `hazards`, `unknown_codes`, `oddities` and `display` as in `Reading`.

    `remark` completes the sentence that begins with the telegram's type: `says about 見本市: 雷注意報`. If `broken`,
    it names the required element that is missing, and nothing else is filled.
    """

    remark: str
    notices: tuple[Notice, ...] = ()
    hazards: frozenset[str] = frozenset()
    unknown_codes: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    broken: bool = False
    display: Display | None = None


def said(
    envelope: Envelope,
    city: CityCodes,
    notices: tuple[Notice, ...],
    unknown: Iterable[str] = (),
    oddities: Iterable[str] = (),
) -> Findings:
    """Findings of a telegram that tells the city's whole state of the hazards of its type.

    It decides all of them where it is understood as a whole. Beside what no table knows, only hazards with a notice
    are decided: nothing unknown may end or silence what is in force (R16).
    """
    strange = tuple(dict.fromkeys(unknown))
    decided = frozenset(each.hazard for each in notices) if strange else kinds.hazards_of(envelope.type)
    return Findings(_remark(city, notices), notices, decided, strange, tuple(oddities))


def broken(what: str) -> Findings:
    """A required element is missing: `what` completes the sentence that begins with the type."""
    return Findings(what, broken=True)


def _remark(city: CityCodes, notices: Iterable[Notice]) -> str:
    names = [each.name if each.state is NoticeState.IN_FORCE else _ended(each.name) for each in notices]
    return f"says about {city.name}: {'、'.join(names) or 'nothing in force'}"


def _ended(name: str) -> str:
    return name if name.endswith(_OVER) else name + _OVER
