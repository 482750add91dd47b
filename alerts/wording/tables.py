"""All languages together: a revision becomes what a phone shows, and never nothing (R3, decision 14)."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable

from alerts.alert import Revision
from alerts.city.codes import CityCodes
from alerts.wording.bare import bare, bare_digest, bare_office
from alerts.wording.digest import say_digest
from alerts.wording.message import PhoneMessage, Text
from alerts.wording.office import say_office
from alerts.wording.office_text import OfficeText
from alerts.wording.phrases import OFFICIAL, PhraseTable, TableError
from alerts.wording.places import Place
from alerts.wording.render import render
from alerts.wording.table_file import extend, parse

_EASIER = ("en", "ja-Hira")  # stand in where we have no table of a language at all


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrase tables by language tag."""

    tables: Mapping[str, PhraseTable]
    _known: Mapping[str, str] = field(init=False, repr=False, compare=False)  # our language by lower-case tag

    def __post_init__(self) -> None:
        """Indexes the tags: every read of the API asks for one."""
        known = {name.lower(): own for own, table in self.tables.items() for name in (own, *table.tags)}
        object.__setattr__(self, "_known", known)

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

    def withholding(self, but: Collection[str]) -> "Wording":
        """The wording of the live world: what nobody has reviewed is not said, but in these languages (decision 14)."""
        return Wording({tag: replace(table, withholds=tag not in but) for tag, table in self.tables.items()})

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages there are, sorted."""
        return tuple(sorted(self.tables))

    def find(self, tag: str) -> str | None:
        """Our language for a tag as phones send it: `zh-TW` is zh-Hant, `vi-VN` is vi; None if we have none."""
        parts = tag.lower().split("-")
        shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))  # RFC 4647 §3.4
        return next((self._known[name] for name in shorter if name in self._known), None)

    def render(
        self,
        revision: Revision,
        tier: int,
        language: str,
        *,
        drill: bool,
        city: CityCodes,
        concerned: Sequence[Place] = (),
    ) -> PhoneMessage:
        """What a phone of that language shows for one tier of a revision.

        `concerned` are places that it must name, because the phone has others too. Never raises and never is empty:
        own language, easy Japanese or English, Japanese, and last the official terms alone.
        """
        if revision.said is not None:
            said_in, text = self.office(revision.said, language, drill=drill, city=city)
        else:
            said_in, found = self._say(
                language, lambda table: render(table, revision, tier, city, concerned, drill=drill)
            )
            text = found or bare(revision, city, drill=drill)
        return PhoneMessage(
            alert_id=revision.alert_id,
            revision=revision.number,
            change=revision.change,
            hazard=revision.hazard,
            code=revision.code,
            level=revision.level,
            urgency=revision.urgency_in(tier),
            language=said_in,
            title=text.title,
            body=text.body,
            drill=drill,
            issued_at=revision.issued_at,
            expires_at=revision.expires_at,
            spoken=text.spoken,
        )

    def digest(
        self, own: Revision, told: Sequence[Revision], language: str, *, drill: bool, city: CityCodes
    ) -> PhoneMessage:
        """What a phone of that language shows for several notices of one hour, without a sound; as `render`.

        `own` is the one of `told` under whose name it stands on the phone.
        """
        said_in, text = self._say(language, lambda table: say_digest(table, told, city, drill=drill))
        text = text or bare_digest(told, city, drill=drill)
        return PhoneMessage(
            alert_id=own.alert_id,
            revision=own.number,
            change=own.change,
            hazard=own.hazard,
            code=own.code,
            level=own.level,
            urgency=own.urgency,
            language=said_in,
            title=text.title,
            body=text.body,
            drill=drill,
            issued_at=own.issued_at,
            expires_at=min(one.expires_at for one in told),
            silent=True,
            digest=tuple(f"{one.alert_id}/{one.number}" for one in told),
            spoken=text.spoken,
        )

    def office(self, said: OfficeText, language: str, *, drill: bool, city: CityCodes) -> tuple[str, Text]:
        """The language it is said in, and what a phone of `language` shows for the office's text; as `render`."""
        said_in, text = self._say(language, lambda table: say_office(table, said, city, drill=drill))
        return said_in, text or bare_office(said, city, drill=drill)

    def level_text(self, level: int | None, language: str) -> str | None:
        """JMA's level in the words of the first language that may say them: 警戒レベル４相当, never an order (R3)."""
        return None if level is None else self._phrase(f"equivalent.{level}", language)

    def order_text(self, template: str, language: str) -> str | None:
        """The city's order with its level, in the words of the first language that may say them."""
        return self._phrase(f"office.name.{template}", language)

    def _phrase(self, key: str, language: str) -> str | None:
        for table in self.chain(language):
            try:
                return table.first(key).text
            except LookupError:
                continue  # withheld or missing
        return None

    def _say(self, language: str, say: Callable[[PhraseTable], Text]) -> tuple[str, Text | None]:
        for table in self.chain(language):
            try:
                return table.language, say(table)
            except (LookupError, ValueError):
                continue  # withheld, missing or broken: the proof finds it, nobody is left untold
        return OFFICIAL, None

    def chain(self, language: str) -> Iterator[PhraseTable]:
        """The tables to try for a language, the best first: its own, those that stand in for it, Japanese."""
        own = self.find(language)
        tags = (own, *self.tables[own].stand_ins, OFFICIAL) if own else (*_EASIER, OFFICIAL)
        return (self.tables[tag] for tag in dict.fromkeys(tags) if tag in self.tables)


def bundled_texts() -> dict[str, str]:
    """The bundled language files by name: one a language, and further ones in a folder of its tag."""
    return dict(_texts_in(files(__package__), ""))


def _texts_in(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _texts_in(file, f"{prefix}{file.name}/")
        elif file.name.endswith(".toml"):
            yield prefix + file.name, file.read_text("utf-8")
