"""The situation and the alerts as whole answers, in one language."""

from alerts.service.queries import AlertHistory, Overview
from alerts.service.services import Services
from api.residents.basis import Basis
from api.residents.schemas.alerts import AlertAnswer, AlertsAnswer
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


def alerts_answer(services: Services, basis: Basis, overview: Overview, language: str) -> AlertsAnswer:
    """The alerts changed last."""
    speaker = Speaker(services, language)
    return AlertsAnswer(
        **stamp(services, basis.ages.situation, jma_credit(services)),
        language=language,
        alerts=[speaker.alert(history) for history in overview.recent],
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
