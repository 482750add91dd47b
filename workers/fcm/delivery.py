"""What one device needs on its way to an outcome, and what a sender keeps from one call to the next."""

from dataclasses import dataclass
from datetime import datetime

from alerts.ports import PushTarget
from workers.fcm.credentials import AccessToken
from workers.fcm.payload import Template
from workers.fcm.retry import RetryRule, Throttle
from workers.fcm.transport import Transport


@dataclass(slots=True, eq=False)
class Delivery:
    """One device on its way to an outcome."""

    target: PushTarget
    template: Template
    expires_at: datetime
    tries: int = 0
    renewed: bool = False  # it was sent again with a new OAuth token


@dataclass(frozen=True, slots=True)
class Tools:
    """What outlives a call of `send`."""

    transport: Transport[Delivery]
    token: AccessToken
    throttle: Throttle
    rule: RetryRule
