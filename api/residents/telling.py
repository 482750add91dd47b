"""The situation and the alerts as whole answers, in one language."""

from collections.abc import Sequence

from alerts.service.queries import AlertHistory, Overview
from alerts.service.services import Services
from api.cursor import cursor_of
from api.residents.basis import Basis
from api.residents.schemas.alerts import AlertAnswer, AlertsAnswer
from api.residents.schemas.app import AppAnswer, AppVersionItem
from api.residents.schemas.preferences import PreferencesAnswer, PreferencesOut, categories
from api.residents.schemas.situation import City, Feed, SituationAnswer
from api.residents.spoken import OwnTiers, Speaker, highest_level
from api.residents.stamp import jma_credit, stamp


def situation_answer(
    services: Services, basis: Basis, overview: Overview, language: str, tiers: OwnTiers
) -> SituationAnswer:
    """What is in force for the districts of these tiers, and how old the feeds are that say so."""
    codes = services.pack.codes
    return SituationAnswer(
        **stamp(services, basis.ages.situation, jma_credit(services)),
        language=language,
        city=City(name=codes.name, name_en=codes.name_en, prefecture=codes.prefecture, code=codes.code),
        level=highest_level(overview.states),
        in_force=Speaker(services, language).in_force(overview, tiers),
        sources=[
            Feed(name=source.name, as_of=source.as_of, stale=source.name in basis.ages.stale_sources)
            for source in basis.held.sources
        ],
    )


def alerts_answer(
    services: Services, basis: Basis, histories: Sequence[AlertHistory], language: str, limit: int
) -> AlertsAnswer:
    """The first `limit` of these alerts; where there are so many, others may follow."""
    speaker, shown = Speaker(services, language), histories[:limit]
    last = shown[-1].alert if len(shown) == limit else None
    return AlertsAnswer(
        **stamp(services, basis.ages.situation, jma_credit(services)),
        language=language,
        alerts=[speaker.alert(history) for history in shown],
        next=cursor_of((last.updated_at, last.id), services.world.name) if last else None,
    )


def alert_answer(services: Services, basis: Basis, history: AlertHistory, language: str) -> AlertAnswer:
    """One alert with all that was said of it."""
    speaker = Speaker(services, language)
    return AlertAnswer(
        **stamp(services, basis.ages.situation, jma_credit(services)),
        language=language,
        alert=speaker.alert(history),
        revisions=[speaker.revision(revision) for revision in history.revisions],
    )


def app_answer(services: Services, basis: Basis) -> AppAnswer:
    """Which apps may still be used: the city pack says so, so it is never stale."""
    versions = {name: AppVersionItem(minimum=one.minimum, store=one.store) for name, one in services.pack.app.items()}
    return AppAnswer(
        as_of=basis.ages.districts.as_of,
        stale=False,
        drill=services.is_drill,
        languages=sorted(services.wording.tables),
        **versions,
    )


def preferences_answer(services: Services, basis: Basis) -> PreferencesAnswer:
    """The families of hazards, and the defaults of the city's policy: the city pack says so, so it is never stale."""
    policy = services.pack.policy
    return PreferencesAnswer(
        as_of=basis.ages.districts.as_of,
        stale=False,
        drill=services.is_drill,
        defaults=PreferencesOut.of(policy.preferences),
        normal_pushes=policy.normal_pushes,
        categories=categories(policy),
    )
