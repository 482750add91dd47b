"""The office reads and changes the matching rules: who is told first about which hazard (design.md §4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from alerts.city.problems import PackError
from alerts.people.role import Role
from alerts.service import rule_changes, rule_preview, rules
from alerts.service.people.acting import Actor
from alerts.service.rule_changes import Draft
from alerts.world import WorldMismatchError
from api.office.door import Door
from api.office.operators import for_operators
from api.office.rule_items import past_item, said_of, version_item
from api.office.schemas.rules import (
    ChangeIn,
    PreviewAnswer,
    PreviewIn,
    RulesAnswer,
    RulesHistoryAnswer,
    RulesIn,
)
from api.problems import FieldError, ProblemError, documented
from api.residents.stamp import fresh
from api.residents.world import WorldApi

_READING = documented("not-found", "invalid-request", "unavailable")
_WRITING = _READING | documented("malformed-request", "too-large", "rules-changed")


def matching_rules(world: WorldApi, door: Door) -> APIRouter:
    """The rules of one world; for who has logged in."""
    services = world.services
    router = for_operators(world, door, "/rules")
    router.dependencies.append(Depends(_never_kept))
    Author = Annotated[Actor, Depends(door.operators(Role.AUTHOR))]  # noqa: N806 - a type

    @router.get("", responses=_READING)
    def read_rules() -> RulesHistoryAnswer:
        """The rules that act, and every version there was with author, time and note."""
        found = rules.versions(services)
        return RulesHistoryAnswer(**said_of(world, found[0]), versions=[version_item(one) for one in found])

    @router.get("/{version}", responses=_READING)
    def read_rules_version(version: int) -> RulesAnswer:
        """One version with its rules."""
        with _refusals():
            return RulesAnswer(**said_of(world, rules.version(services, version)))

    @router.put("", responses=_WRITING)
    def change_rules(wanted: RulesIn, author: Author) -> RulesAnswer:
        """Makes a new version; it acts from the next telegram on. What is wrong is refused with the row named."""
        rows = [rule.row() for rule in wanted.rules]
        with _refusals():
            made = rule_changes.change(services, Draft(wanted.author, wanted.note, wanted.based_on, rows), author)
        return RulesAnswer(**said_of(world, made))

    @router.post("/preview", responses=_WRITING)
    def preview_rules(wanted: PreviewIn) -> PreviewAnswer:
        """What the stored telegrams of the last days would have reached under other rules. Nothing is changed."""
        back = timedelta(days=wanted.days)
        with _refusals():
            draft = rule_changes.checked(services, [rule.row() for rule in wanted.rules])
        found = rule_preview.preview(services, draft, back, wanted.day)
        return PreviewAnswer(
            **fresh(world.services),
            since=services.clock.now() - back,
            telegrams=found.telegrams,
            complete=found.complete,
            differing=sum(push.differs for push in found.pushes),
            pushes=[past_item(push) for push in found.pushes],
        )

    @router.post("/{version}/restore", responses=_WRITING)
    def restore_rules(version: int, wanted: ChangeIn, author: Author) -> RulesAnswer:
        """Brings the rules of an old version back, as a new version."""
        with _refusals():
            draft = Draft(wanted.author, wanted.note, wanted.based_on, ())
            made = rule_changes.restore(services, version, draft, author)
        return RulesAnswer(**said_of(world, made))

    return router


def _never_kept(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


@contextmanager
def _refusals() -> Iterator[None]:
    """What the use cases refuse, as problem documents."""
    try:
        yield
    except PackError as error:
        errors = tuple(FieldError(field=_field(problem.line), message=problem.message) for problem in error.problems)
        raise ProblemError(
            "invalid-request", "Mend the rows named in `errors`; nothing was changed.", errors=errors
        ) from None
    except rules.UnknownRulesError as error:
        raise ProblemError("not-found", f"{error}; GET /v1/office/rules lists them.") from None
    except rule_changes.RulesChangedError as error:
        raise ProblemError("rules-changed", f"{error}.") from None
    except WorldMismatchError:
        detail = "A drill takes the rules of the live world when it starts; change them there."
        raise ProblemError("not-found", detail) from None


def _field(row: int | None) -> str:
    return "body.rules" if row is None else f"body.rules.{row - 1}"
