"""All languages together: a revision becomes what a phone shows, and never nothing (R3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from alerts.alert import Change, Revision
from alerts.city.codes import CityCodes
from alerts.wording.message import PhoneMessage
from alerts.wording.phrases import OFFICIAL, PhraseTable, TableError, extend, parse
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
        """The bundled tables; raises `TableError` naming the file and the phrase."""
        return cls.parse(bundled_texts())

    @classmethod
    def parse(cls, sources: Mapping[str, str]) -> "Wording":
        """Tables from the text of language files by name: `ja.toml`, then what `ja/*.toml` add to it; `TableError`."""
        tables: dict[str, PhraseTable] = {}
        for name, text in sorted(sources.items(), key=lambda source: (source[0].count("/"), source[0])):
            folder = name.rpartition("/")[0]
            if folder and folder not in tables:
                raise TableError(f"{name}: there is no {folder}.toml to add it to")
            try:
                table = extend(tables[folder], text) if folder else parse(text)
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
            urgency=revision.urgency_in(tier),
            language=spoken,
            title=text.title,
            body=text.body,
            drill=drill,
            issued_at=revision.issued_at,
            expires_at=revision.expires_at,
        )

    def _say(self, revision: Revision, tier: int, language: str, *, drill: bool, city: CityCodes) -> tuple[str, Text]:
        for table in self.chain(language):
            try:
                return table.language, render(table, revision, tier, city, drill=drill)
            except (LookupError, ValueError):
                continue  # a missing phrase or a broken placeholder: the proof finds it, nobody is left untold
        return OFFICIAL, _bare(revision, city, drill=drill)

    def chain(self, language: str) -> Iterator[PhraseTable]:
        """The tables to try for a language, the best first: its own, English, Japanese."""
        tags = dict.fromkeys((language, language.split("-", maxsplit=1)[0], _EASIER, OFFICIAL))
        return (self.tables[tag] for tag in tags if tag in self.tables)


def bundled_texts() -> dict[str, str]:
    """The bundled language files by name: one a language, and further ones in a folder of its tag."""
    return dict(_texts_in(files(__package__), ""))


def _texts_in(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _texts_in(file, f"{prefix}{file.name}/")
        elif file.name.endswith(".toml"):
            yield prefix + file.name, file.read_text("utf-8")


def _bare(revision: Revision, city: CityCodes, *, drill: bool) -> Text:
    """JMA's own name of the kind, what became of it, and the city: all that can be said without any table."""
    mark = "【訓練】" if drill else ""
    said = f"{mark}{city.name} {revision.name.strip() or _NAMELESS}"
    return Text(said[:40], f"{said}（{_BARE_CHANGE[revision.change]}）")
