"""Ten typical alerts, as a reviewer should see them on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from alerts.alert import Change
from alerts.telegram import kinds
from alerts.wording.matrix import Case, revision_of
from alerts.wording.message import Text
from alerts.wording.office_text import OfficeText, Template
from alerts.wording.places import Place
from alerts.wording.proof import SAMPLE_CITY
from alerts.wording.tables import Wording
from api.residents.colours import LEVELS, colour_of

_HILLSIDE = "landslide_hillside"
_TELEGRAMS = (  # telegram type, code, change, why these districts come first
    ("VPWW55", "33", Change.ISSUE, None),
    ("VPWW56", "49", Change.RAISE, _HILLSIDE),
    ("VPWW55", "03", Change.LOWER, None),
    ("VPWW56", "49", Change.END, None),
    ("VXKO", "40", Change.ISSUE, None),
    ("VPBS50", "線状降水帯発生", Change.ISSUE, None),
    ("VXSE53", "5+", Change.ISSUE, None),
    ("VTSE41", "52", Change.RETRACT, None),
    ("VYSE50", "120", Change.ISSUE, None),
)
_OVER = frozenset({Change.END, Change.RETRACT})
_ORDER = OfficeText(
    template=Template.EVACUATION_ORDER,
    change=Change.ISSUE,
    districts=(
        Place("北浜三丁目", "キタハマ3チョウメ", "Kitahama 3-chome"),
        Place("山田二丁目", "ヤマダ2チョウメ", "Yamada 2-chome"),
    ),
    issued_at=datetime(2026, 11, 23, 1, 5, tzinfo=UTC),
    hazard="landslide",
    shelters=(Place("山田中学校"),),
    written="北浜小学校は使えません。",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One text with what it is about, for the reviewer; no colour for what is over."""

    about: str
    colour: str | None
    text: Text


def typical(wording: Wording, language: str) -> Iterator[Shown]:
    """The ten in one language."""
    for telegram_type, code, change, because in _TELEGRAMS:
        kind = kinds.table()[telegram_type, code]
        revision = revision_of(kind, Case(change, because, drill=False))
        said = wording.render(revision, 0, language, drill=False, city=SAMPLE_CITY)
        colour = None if change in _OVER else colour_of(kind.hazard, code, kind.level, kind.rank)
        yield Shown(f"{kind.name} ({change})", colour, Text(said.title, said.body, said.spoken))
    _, text = wording.office(_ORDER, language, drill=False, city=SAMPLE_CITY)
    yield Shown(f"office: {_ORDER.template} ({_ORDER.change})", LEVELS.get(_ORDER.level or 0), text)
