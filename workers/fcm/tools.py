"""What a sender keeps from one call to the next."""

from dataclasses import dataclass

from workers.fcm.carrier import Carrier
from workers.fcm.credentials import AccessToken
from workers.fcm.lanes import Delivery
from workers.fcm.pace import Pace
from workers.fcm.retry import RetryRule, Throttle


@dataclass(frozen=True, slots=True)
class Tools:
    """What outlives a call of `send`."""

    carrier: Carrier[Delivery]
    token: AccessToken
    pace: Pace
    throttle: Throttle
    rule: RetryRule
