"""Every ordinary kind in one digest, and each alone, rendered and inspected in one language (R3)."""

from collections.abc import Iterator, Sequence

from alerts.alert import Change, Revision
from alerts.city.codes import CityCodes
from alerts.telegram.kinds import Kind
from alerts.wording.digest import say_digest
from alerts.wording.inspection import drill_problems, said_of
from alerts.wording.matrix import Case, revision_of, sayable_kinds
from alerts.wording.message import Text
from alerts.wording.phrases import PhraseTable
from alerts.wording.places import city_name
from alerts.wording.script import script_problem

_ORDINARY = 2  # the rank of 注意報; other ordinary kinds are named no longer


def digest_problems(table: PhraseTable, city: CityCodes) -> Iterator[str]:
    """What is wrong in a digest, with what is told in it."""
    kinds = [kind for kind in sayable_kinds() if kind.rank == _ORDINARY]
    for told in ([kind] for kind in kinds), [kinds]:
        for together in told:
            for drill in (False, True):
                yield from _problems(table, city, together, drill=drill)


def _problems(table: PhraseTable, city: CityCodes, kinds: Sequence[Kind], *, drill: bool) -> Iterator[str]:
    where = f"digest of {kinds[0].hazard} {kinds[0].code}" + (" and all others" if len(kinds) > 1 else "")
    revisions: list[Revision] = [revision_of(kind, Case(Change.ISSUE, None, drill)) for kind in kinds]
    try:
        text = say_digest(table, revisions, city, drill=drill)
    except (LookupError, ValueError) as error:
        yield f"{where}: cannot be said: {error}"
        return
    yield from (f"{where}: {problem}" for problem in _of_text(table, city, text, drill=drill))


def _of_text(table: PhraseTable, city: CityCodes, text: Text, *, drill: bool) -> Iterator[str]:
    for name, said, limit in (("title", text.title, table.title_limit), ("body", text.body, table.body_limit)):
        if len(said) > limit:
            yield f"the {name} has {len(said)} characters, {limit} are allowed: {said}"
    yield from drill_problems(table, text, drill=drill)
    for name, said in said_of(text):
        if problem := script_problem(table, said, (city_name(table, city),)):
            yield f"the {name}: {problem}"
