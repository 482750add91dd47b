"""Why a phone, or a district, was told of an alert or was not: from stored rows alone (issue 4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Alert, Revision
from alerts.ports import PushResult
from alerts.service.services import Services
from alerts.store.telegrams import TelegramRecord
from alerts.store.unit_of_work import UnitOfWork
from alerts.why.ground import Ground, told
from alerts.why.rule import RuleUsed, rule_used
from alerts.wording.reasons import Explained, Reason, explained


class UnknownAlertError(LookupError):
    """No alert of this world has the id."""


@dataclass(frozen=True, slots=True)
class RevisionWhy:
    """What decided for one revision. `results` are phones by outcome: of the one asked about, or of a district now."""

    revision: Revision
    tier: int
    ground: Ground
    rule: RuleUsed
    telegram: TelegramRecord | None  # None also where it is no longer kept
    words: Explained
    results: Mapping[PushResult, int]
    at: datetime | None  # of the outcome

    @property
    def told(self) -> bool | None:
        """Whether it was told; None where that is not known yet, or any more."""
        return told(self.ground)


@dataclass(frozen=True, slots=True)
class AlertWhy:
    """The answer for a whole alert: every revision, first to last."""

    alert: Alert
    revisions: tuple[RevisionWhy, ...]

    @property
    def decisive(self) -> RevisionWhy:
        """The newest that was told; else the newest that was pushed to anybody; else the newest."""
        newest_first = tuple(reversed(self.revisions))
        by_weight = (
            *(one for one in newest_first if one.told),
            *(one for one in newest_first if one.revision.pushed),
            *newest_first,
        )
        return by_weight[0]


def answer(services: Services, uow: UnitOfWork, alert_id: str, explain: Callable[[Revision], RevisionWhy]) -> AlertWhy:
    """Every revision of an alert explained; raises `UnknownAlertError`."""
    alert = uow.alerts.get(alert_id)
    revisions = uow.alerts.revisions(alert_id)
    if alert is None or not revisions:
        raise UnknownAlertError(f"no alert of the {services.world.name} world has the id {alert_id}")
    return AlertWhy(alert, tuple(explain(revision) for revision in revisions))


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found out about one revision, before it is put in words."""

    revision: Revision
    tier: int
    ground: Ground
    notes: tuple[str, ...]
    times: Mapping[str, datetime]
    texts: Mapping[str, object]
    language: str


def in_words(
    services: Services, uow: UnitOfWork, facts: Facts, results: Mapping[PushResult, int], at: datetime | None
) -> RevisionWhy:
    """The facts with their rule and telegram, said in the language asked for."""
    revision = facts.revision
    telegram = uow.telegrams.get(revision.telegram_id) if revision.telegram_id else None
    rule = rule_used(revision, facts.tier)
    kind = (telegram.type or "") if telegram else None
    reason = Reason(revision, facts.tier, facts.ground, rule, kind, facts.notes, facts.times, facts.texts)
    words = explained(services.wording, reason, facts.language, services.pack.codes, drill=services.is_drill)
    return RevisionWhy(revision, facts.tier, facts.ground, rule, telegram, words, results, at)
