"""What can be wrong with one rendered message: the inversion table, numbers, lengths, script (R3, jma.md §4)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from alerts.telegram.kinds import Kind
from alerts.wording.message import Text
from alerts.wording.phrases import PhraseTable
from alerts.wording.script import script_problem
from alerts.wording.speech import spoken
from alerts.wording.vocabulary import Vocabulary, forms_of

_WARNINGS = ("VPWW", "VXKO")
_UNSPEAKABLE = re.compile(r"[\[\]【】()（）{}<>…：]|\b(?:JMA|JST|[LM][0-9])\b")


@dataclass(frozen=True, slots=True)
class Sample:
    """A message rendered from a table for a kind, in a drill or not.

    `classes` are the class words of the table, `names` the kinds of the hazard: what may not be taken for another.
    `place` is the city as the text names it.
    """

    table: PhraseTable
    classes: Vocabulary
    names: Vocabulary
    kind: Kind
    drill: bool
    place: str
    text: Text


def findings(sample: Sample) -> Iterator[str]:
    """What is wrong with the title, the body and what is read aloud, one sentence each."""
    for place, said in said_of(sample.text):
        for check in _CHECKS:
            finding = check(sample, said)
            if finding:
                yield f"the {place} {finding}: {said}"
    yield from length_problems(sample.table, sample.text)
    yield from drill_problems(sample.table, sample.text, drill=sample.drill)
    yield from speech_problems(sample.text)
    if is_warning(sample.kind) and not sample.classes.found(sample.text.body):
        yield f"the body does not name the class of rank {sample.kind.rank}: {sample.text.body}"
    if not any(sample.kind.rank in ranks for ranks in sample.names.found(sample.text.body)):
        yield f"the body does not name the kind: {sample.text.body}"


def is_warning(kind: Kind) -> bool:
    """Whether the kind's name says its class: 特別警報, 危険警報, 警報, 注意報 of the weather and of rivers."""
    return kind.type.startswith(_WARNINGS) and kind.rank > 0


def said_of(text: Text) -> tuple[tuple[str, str], ...]:
    """The parts of a text, by the name that a problem gives them."""
    return ("title", text.title), ("body", text.body), ("spoken form", text.spoken)


def speech_problems(text: Text) -> Iterator[str]:
    """What a voice would stumble over, or leave out."""
    if wrong := _UNSPEAKABLE.search(text.spoken):
        yield f"the spoken form has {wrong.group()!r}, which a voice cannot read: {text.spoken}"


def length_problems(table: PhraseTable, text: Text) -> Iterator[str]:
    """A title or a body that a phone would cut."""
    limits = (("title", text.title, table.title_limit), ("body", text.body, table.body_limit))
    for place, said, limit in limits:
        if len(said) > limit or said.endswith("…"):
            yield f"the {place} is longer than {limit} characters: {said}"


def _inversion(sample: Sample, said: str) -> str | None:
    """A word of another rank: 危険警報 called Emergency Warning, which is level 5, or 津波警報 for 大津波警報."""
    rank = sample.kind.rank
    own = {rank} if is_warning(sample.kind) else _ranks(sample.classes.found(forms_of(sample.table, sample.kind)[0]))
    if others := _ranks(sample.classes.found(said)) - own:
        return f"names a class of rank {sorted(others)}, not {sorted(own)}"
    if wrong := _ranks(ranks for ranks in sample.names.found(said) if rank not in ranks):
        return f"names a kind of rank {sorted(wrong)}, not {rank}"
    return None


def _ranks(found: Iterable[set[int]]) -> set[int]:
    return set[int]().union(*found)


def _number(sample: Sample, said: str) -> str | None:
    """The level stands beside the word, always the same one; what has no level never gets a number (jma.md §0.3)."""
    wanted = {sample.kind.level} if sample.kind.level else set()
    found = level_numbers(sample.table, said)
    return None if found == wanted else f"says level {sorted(found)}, expected {sorted(wanted)}"


def level_numbers(table: PhraseTable, said: str) -> set[int]:
    """The numbers that stand beside a word for level."""
    return {int(number) for number in level_pattern(table.level_words).findall(unicodedata.normalize("NFKC", said))}


@cache
def level_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A word for level and its number."""
    longest_first = sorted(words, key=len, reverse=True)
    starts = (rf"(?<![^\W\d_]){re.escape(word)}" if word.isascii() else re.escape(word) for word in longest_first)
    return re.compile(rf"(?:{'|'.join(starts)})\s*([0-9])", re.IGNORECASE)


def _order(sample: Sample, said: str) -> str | None:
    words = [word for word in sample.table.order_words if word.casefold() in said.casefold()]
    return f"says what only the city may order, {words[0]}" if words else None


def _script(sample: Sample, said: str) -> str | None:
    return script_problem(sample.table, said, (sample.place,))


def _placeholder(_sample: Sample, said: str) -> str | None:
    return "has an unfilled placeholder" if re.search(r"[{}]|\bNone\b", said) or not said.strip() else None


def drill_problems(table: PhraseTable, text: Text, *, drill: bool) -> Iterator[str]:
    """訓練 opens every text of a drill and no other (R1), also for a voice."""
    word, mark = table.drill_word, spoken(table, [table.first("drill.mark").text.strip()], {}).rstrip("。.")
    wanted = {"title": word, "body": word, "spoken form": mark}
    for place, said in said_of(text):
        opens = wanted[place].casefold() in said[: len(wanted[place]) + 1].casefold()
        if drill and not opens:
            yield f"the {place} does not begin with {wanted[place]}: {said}"
        elif opens and not drill:
            yield f"the {place} says {wanted[place]} outside a drill: {said}"


_CHECKS: tuple[Callable[[Sample, str], str | None], ...] = (
    _inversion,
    _number,
    _order,
    _script,
    _placeholder,
)
