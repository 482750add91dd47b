"""The office reads and changes the matching rules: who is told first about which hazard (design.md §4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Depends, Response

from alerts.alert import Tier
from alerts.city.problems import PackError
from alerts.service import rule_preview, rules
from alerts.service.rule_preview import PastPush
from alerts.store.rule_versions import RuleVersion
from alerts.world import WorldMismatchError
from api.office.local import same_origin_only, this_machine_only
from api.office.schemas.rules import (
    ChangeIn,
    MisfitItem,
    PastPushItem,
    PreviewAnswer,
    PreviewIn,
    RuleItem,
    RulesAnswer,
    RulesHistoryAnswer,
    RulesIn,
    TierItem,
    VersionItem,
)
from api.problems import FieldError, ProblemError, documented
from api.residents.world import WorldApi

_READING = documented("not-found", "invalid-request", "unavailable")
_WRITING = _READING | documented("malformed-request", "too-large", "rules-changed")


def matching_rules(world: WorldApi) -> APIRouter:
    """The rules of one world; mounted on embedded defaults only, since nobody can log in yet."""
    services = world.services
    guards = [Depends(this_machine_only), Depends(same_origin_only), Depends(_never_kept)]
    router = APIRouter(prefix=f"{world.prefix}/office/rules", tags=[world.tag], dependencies=guards)

    @router.get("", responses=_READING)
    def read_rules() -> RulesHistoryAnswer:
        """The rules that act, and every version there was with author, time and note."""
        found = rules.versions(services)
        return RulesHistoryAnswer(**_said(world, found[0]), versions=[_version_item(one) for one in found])

    @router.get("/{version}", responses=_READING)
    def read_rules_version(version: int) -> RulesAnswer:
        """One version with its rules."""
        with _refusals():
            return RulesAnswer(**_said(world, rules.version(services, version)))

    @router.put("", responses=_WRITING)
    def change_rules(wanted: RulesIn) -> RulesAnswer:
        """Makes a new version; it acts from the next telegram on. What is wrong is refused with the row named."""
        rows = [rule.row() for rule in wanted.rules]
        with _refusals():
            made = rules.change(services, rules.Draft(wanted.author, wanted.note, wanted.based_on, rows))
        return RulesAnswer(**_said(world, made))

    @router.post("/preview", responses=_WRITING)
    def preview_rules(wanted: PreviewIn) -> PreviewAnswer:
        """What the stored telegrams of the last days would have reached under other rules. Nothing is changed."""
        back = timedelta(days=wanted.days)
        with _refusals():
            draft = rules.checked(services, [rule.row() for rule in wanted.rules])
        found = rule_preview.preview(services, draft, back)
        return PreviewAnswer(
            **_now(world),
            since=services.clock.now() - back,
            telegrams=found.telegrams,
            complete=found.complete,
            differing=sum(push.differs for push in found.pushes),
            pushes=[_past_item(push) for push in found.pushes],
        )

    @router.post("/{version}/restore", responses=_WRITING)
    def restore_rules(version: int, wanted: ChangeIn) -> RulesAnswer:
        """Brings the rules of an old version back, as a new version."""
        with _refusals():
            made = rules.restore(services, version, rules.Draft(wanted.author, wanted.note, wanted.based_on, ()))
        return RulesAnswer(**_said(world, made))

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
    except rules.RulesChangedError as error:
        raise ProblemError("rules-changed", f"{error}.") from None
    except WorldMismatchError:
        detail = "A drill takes the rules of the live world when it starts; change them there."
        raise ProblemError("not-found", detail) from None


def _field(row: int | None) -> str:
    return "body.rules" if row is None else f"body.rules.{row - 1}"


def _now(world: WorldApi) -> dict[str, Any]:
    return {"as_of": world.services.clock.now(), "stale": False, "drill": world.services.is_drill}


def _said(world: WorldApi, version: RuleVersion) -> dict[str, Any]:
    _, problems = rules.read(world.services, version)
    return _now(world) | {
        "version": _version_item(version),
        "rules": [RuleItem(**rule) for rule in version.rules],
        "misfits": [MisfitItem(row=problem.line, message=problem.message) for problem in problems],
    }


def _version_item(version: RuleVersion) -> VersionItem:
    return VersionItem(
        version=version.version,
        author=version.author,
        note=version.note,
        made_at=version.made_at,
        restores=version.restores,
    )


def _past_item(push: PastPush) -> PastPushItem:
    return PastPushItem(
        telegram=push.telegram_id,
        issued_at=push.issued_at,
        hazard=push.hazard,
        code=push.code,
        level=push.level,
        change=push.change,
        differs=push.differs,
        now=[_tier_item(tier, push) for tier in push.now],
        then=[_tier_item(tier, push) for tier in push.then],
    )


def _tier_item(tier: Tier, push: PastPush) -> TierItem:
    return TierItem(
        districts=None if tier.districts is None else sorted(tier.districts),
        rule=tier.rule,
        because=tier.because,
        urgency=push.urgency.one_step_lower if tier.lowered else push.urgency,
    )
