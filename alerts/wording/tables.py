"""All languages together: a revision becomes what a phone shows, and never nothing (R3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from alerts.alert import Change, Revision
from alerts.city.codes import CityCodes
from alerts.wording.message import PhoneMessage
from alerts.wording.phrases import OFFICIAL, PhraseTable, TableError, parse
from alerts.wording.render import Text, render

_EASIER = "en"  # stands in for a language that has no phrase, before the official Japanese
_NAMELESS = "防災気象情報"
_BARE_CHANGE = {
    Change.ISSUE: "発表",
    Change.RAISE: "引き上げ",
    Change.LOWER: "引き下げ",
    Change.END: "解除",
    Change.CORRECT: "訂正",
    Change.RETRACT: "取消",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrase tables by language tag."""

    tables: Mapping[str, PhraseTable]

    @classmethod
    def load(cls) -> "Wording":
        """The bundled tables, one file a language; raises `TableError` naming the file and the phrase."""
        sources = sorted(file.name for file in files(__package__).iterdir() if file.name.endswith(".toml"))
        return cls.parse({name: files(__package__).joinpath(name).read_text("utf-8") for name in sources})

    @classmethod
    def parse(cls, sources: Mapping[str, str]) -> "Wording":
        """Tables from the text of language files by file name; raises `TableError`."""
        tables: dict[str, PhraseTable] = {}
        for name, text in sources.items():
            try:
                table = parse(text)
            except TableError as error:
                raise TableError(f"{name}: {error}") from error
            tables[table.language] = table
        return cls(tables)

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages there are, sorted."""
        return tuple(sorted(self.tables))

    def render(self, revision: Revision, tier: int, language: str, *, drill: bool, city: CityCodes) -> PhoneMessage:
        """What a phone of that language shows for one tier of a revision.

        Never raises and never is empty: the chain is own language, English, Japanese, and last the bare facts.
        """
        spoken, text = self._say(revision, tier, language, drill=drill, city=city)
        return PhoneMessage(
            alert_id=revision.alert_id,
            revision=revision.number,
            change=revision.change,
            hazard=revision.hazard,
            code=revision.code,
            level=revision.level,
            urgency=revision.urgency,
            language=spoken,
            title=text.title,
            body=text.body,
            drill=drill,
            issued_at=revision.issued_at,
            expires_at=revision.expires_at,
        )

    def _say(self, revision: Revision, tier: int, language: str, *, drill: bool, city: CityCodes) -> tuple[str, Text]:
        for table in self._chain(language):
            try:
                return table.language, render(table, revision, tier, city, drill=drill)
            except (LookupError, ValueError):
                continue  # a missing phrase or a broken placeholder: the proof finds it, nobody is left untold
        return OFFICIAL, _bare(revision, city, drill=drill)

    def _chain(self, language: str) -> Iterator[PhraseTable]:
        tags = dict.fromkeys((language, language.split("-", maxsplit=1)[0], _EASIER, OFFICIAL))
        return (self.tables[tag] for tag in tags if tag in self.tables)


def _bare(revision: Revision, city: CityCodes, *, drill: bool) -> Text:
    """JMA's own name of the kind, what became of it, and the city: all that can be said without any table."""
    mark = "【訓練】" if drill else ""
    said = f"{mark}{city.name} {revision.name.strip() or _NAMELESS}"
    return Text(said[:40], f"{said}（{_BARE_CHANGE[revision.change]}）")
