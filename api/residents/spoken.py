"""Alerts and hazards as the public JSON says them, in one language."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from alerts.alert import Alert, Change, Revision
from alerts.city.naming import named
from alerts.home import tier_of
from alerts.office.content import Content
from alerts.service import queries
from alerts.service.queries import AlertHistory, Overview
from alerts.service.services import Services
from alerts.situation import HazardState
from alerts.telegram.extent import SubArea
from alerts.wording.message import PhoneMessage
from alerts.wording.phrases import OFFICIAL
from api.residents.colours import colour_of
from api.residents.schemas.alerts import AlertItem, DistrictText, RevisionItem
from api.residents.schemas.situation import ChangeItem, Hazard, InForce, PartItem
from api.residents.schemas.told import Official, Told

OwnTiers = tuple[int, ...]
"""For each hazard in force, in their order, the tier that tells the districts asked for."""

DRILL_MARK = "【訓練】"


class Speaker:
    """Says the facts of one world in one language; in a drill every text is marked (R1)."""

    def __init__(self, services: Services, language: str) -> None:
        self._services = services
        self._language = language

    def in_force(self, overview: Overview, tiers: OwnTiers) -> list[InForce]:
        """Every hazard in force, the gravest first, as the districts of these tiers were told it."""
        told = zip(overview.states, tiers, strict=True)
        return [self._in_force(overview, state, tier) for state, tier in told]

    def hazard(self, state: HazardState) -> Hazard:
        """One hazard in force, without its text."""
        return Hazard(**self._kind(state))

    def alert(self, history: AlertHistory) -> AlertItem:
        """One alert as its newest revision leaves it."""
        alert, latest = history.alert, history.latest
        return AlertItem(
            **self._kind(alert),
            **self._told(latest)[-1],
            id=alert.id,
            source=alert.source,
            state=alert.state.shown,
            revision=latest.number,
            change=latest.change,
            since=alert.since,
            updated_at=alert.updated_at,
        )

    def revision(self, revision: Revision) -> RevisionItem:
        """One revision with what each group of districts was told."""
        return RevisionItem(
            **self._kind(revision),
            number=revision.number,
            change=revision.change,
            urgency=revision.urgency,
            pushed=revision.pushed,
            reason=revision.reason,
            telegram=revision.telegram_id,
            issued_at=revision.issued_at,
            created_at=revision.created_at,
            expires_at=revision.expires_at,
            details=self._marked(revision.details),
            rules_version=revision.rules_version,
            texts=self._texts(revision),
        )

    def _texts(self, revision: Revision) -> list[DistrictText]:
        return [
            DistrictText(
                districts=None if tier.districts is None else sorted(tier.districts),
                because=tier.because,
                rule=tier.rule,
                level=tier.level,
                urgency=revision.urgency_in(number),
                **told,
            )
            for number, (tier, told) in enumerate(zip(revision.tiers, self._told(revision), strict=True))
        ]

    def _in_force(self, overview: Overview, state: HazardState, tier: int) -> InForce:
        history, order = overview.histories.get(state.alert_id), overview.orders.get(state.alert_id)
        if history and order:
            told = self._told(as_it_holds(self._services, history, order))[0]
        else:
            told = self._told(history.latest)[tier] if history else self._name_only(state)
        return InForce(
            **self._kind(state),
            **told,
            details=self._marked(state.details),
            since=state.since,
            issued_at=state.issued_at,
            valid_until=state.valid_until,
            level_text=self._level_text(state, order),
            last_change=self._change(history) if history else None,
            alert_id=state.alert_id,
            parts=[self._part(part) for part in state.extent.sub_areas],
            districts=None if order is None or order.districts is None else list(order.districts),
        )

    def _level_text(self, state: HazardState, order: Content | None) -> str | None:
        """The city orders a level; what JMA announces corresponds to one (相当)."""
        wording = self._services.wording
        if order:
            return wording.order_text(order.template, self._language)
        return wording.level_text(state.level, self._language)

    def _change(self, history: AlertHistory) -> ChangeItem:
        latest = history.latest
        before = history.revisions[-2] if len(history.revisions) > 1 else None
        return ChangeItem(
            kind=latest.change,
            at=latest.issued_at,
            revision=latest.number,
            name_before=self._mark(before.name) if before else None,
            level_before=before.level if before else None,
        )

    def _part(self, part: SubArea) -> PartItem:
        districts = self._services.pack.places.names.find(part.name)
        return PartItem(name=part.name, level=part.level, districts=sorted(districts))

    def _told(self, revision: Revision) -> list[dict[str, Any]]:
        """What each tier was told, in the language and in the official one."""
        texts = queries.texts(self._services, revision, self._language)
        official = queries.texts(self._services, revision, OFFICIAL)
        return [_said(text, japanese) for text, japanese in zip(texts, official, strict=True)]

    def _name_only(self, state: HazardState) -> dict[str, Any]:
        """A hazard of which no alert was made: JMA's own name of it."""
        name = self._mark(state.name)
        return {"language": OFFICIAL, "title": name, "body": "", "spoken": state.name, "official": None}

    def _kind(self, said: Alert | Revision | HazardState) -> dict[str, Any]:
        return {
            "hazard": said.hazard,
            "code": said.code,
            "level": said.level,
            "rank": said.rank,
            "colour": colour_of(said.hazard, said.code, said.level, said.rank),
            "name": self._mark(said.name),
        }

    def _marked(self, texts: tuple[str, ...]) -> list[str]:
        return [self._mark(text) for text in texts]

    def _mark(self, text: str) -> str:
        return DRILL_MARK + text if self._services.is_drill else text


def as_it_holds(services: Services, history: AlertHistory, order: Content) -> Revision:
    """What was said last of an order that holds, for the districts where it still does: a part may have been lifted."""
    said = next(each for each in reversed(history.revisions) if each.change is not Change.END)
    if said.said is None or order.districts is None:
        return said
    pack = services.pack
    places = named(order.districts, pack.districts, pack.layers, pack.groups)
    return replace(said, said=replace(said.said, districts=places))


def _said(text: PhoneMessage, japanese: PhoneMessage) -> dict[str, Any]:
    official = None if text.language == OFFICIAL else Official(title=japanese.title, body=japanese.body)
    return {
        "language": text.language,
        "title": text.title,
        "body": text.body,
        "spoken": text.spoken,
        "official": official,
    }


def languages_of(asked: str, used: Iterable[str]) -> str:
    """Content-Language (RFC 9110 §8.5) of texts in the languages `used`: a reviewed one may stand in for `asked`.

    Without a text it is the one asked for. The official Japanese beside a text is not counted.
    """
    return ", ".join(sorted(set(used) or {asked}, key=lambda language: (language != asked, language)))


def spoken_in(asked: str, texts: Iterable[Told]) -> str:
    """The same of whole texts."""
    return languages_of(asked, (text.language for text in texts))


def own_tiers(overview: Overview, districts: frozenset[str]) -> OwnTiers:
    """The tiers that tell these districts; no district: those of everybody."""
    histories = (overview.histories.get(state.alert_id) for state in overview.states)
    return tuple(own_tier(history, districts) if history else 0 for history in histories)


def own_tier(history: AlertHistory, districts: frozenset[str]) -> int:
    """The tier of an alert's newest revision that tells these districts; else the last.

    No hazard is kept from a district because the newest revision speaks to others alone: it is in force in the city.
    """
    tiers = history.latest.tiers
    found = tier_of(districts, tiers) if districts else None
    return len(tiers) - 1 if found is None else found


def highest_level(states: Iterable[HazardState]) -> int | None:
    """The highest 警戒レベル in force."""
    return max((state.level for state in states if state.level is not None), default=None)
