"""The city's own 避難情報 as hazards in force, beside JMA's (design.md: one lifecycle for both)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from alerts.alert import Alert
from alerts.office.content import Content
from alerts.situation import HazardState
from alerts.store.unit_of_work import UnitOfWork

_UNIT = "office"
_NO_TELEGRAM = ""


@dataclass(frozen=True, slots=True)
class OrdersInForce:
    """The gravest first; what each says, by alert id. Notices order nothing and are alerts only."""

    states: tuple[HazardState, ...]
    contents: Mapping[str, Content]


def orders_in_force(uow: UnitOfWork) -> OrdersInForce:
    """Every order that holds."""
    contents = {alert_id: content for alert_id, content in uow.office.in_force().items() if content.is_order}
    alerts = [alert for alert_id in contents if (alert := uow.alerts.get(alert_id))]
    alerts.sort(key=lambda alert: (-alert.rank, alert.since, alert.id))
    return OrdersInForce(tuple(map(_state, alerts)), contents)


def fled_from(states: Iterable[HazardState], orders: Mapping[str, Content]) -> tuple[HazardState, ...]:
    """What is in force by what people flee from: an order by the hazard that it is given for, if it names one."""
    causes = {alert_id: content.hazard for alert_id, content in orders.items() if content.hazard}
    return tuple(replace(state, hazard=causes.get(state.alert_id, state.hazard)) for state in states)


def _state(alert: Alert) -> HazardState:
    """Without an end: an order holds until the city lifts it (R18)."""
    return HazardState(
        chain=alert.chain,
        hazard=alert.hazard,
        unit=_UNIT,
        code=alert.code,
        level=alert.level,
        rank=alert.rank,
        name=alert.name,
        details=(),
        since=alert.since,
        issued_at=alert.updated_at,
        telegram_id=_NO_TELEGRAM,
        alert_id=alert.id,
    )
