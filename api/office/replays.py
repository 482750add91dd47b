"""Replays to webhooks, asked for by the office (issue 7.6)."""

from fastapi import APIRouter, Depends, Response

from alerts.people.role import Role
from alerts.service.channels import replay
from alerts.service.channels.roll import SubscriberError, UnknownSubscriberError
from alerts.service.services import Services
from alerts.store.replays import Replay
from api.office.channels import stamp
from api.office.door import Door
from api.office.operators import for_operators
from api.office.schemas.channels import ReplayIn, ReplayOut, ReplaysAnswer
from api.problems import ProblemError, documented
from api.residents.world import WorldApi


def office_replays(world: WorldApi, door: Door) -> APIRouter:
    """The replays of one world; for who has logged in."""
    services = world.services
    router = for_operators(world, door)

    @router.get("/channels/{subscriber_id}/replays", responses=documented("unknown-subscriber", "unavailable"))
    def read_replays(subscriber_id: str, response: Response) -> ReplaysAnswer:
        """How the replays to one webhook stand; needs a login."""
        try:
            found = replay.replays_of(services, subscriber_id)
        except UnknownSubscriberError:
            raise _unknown(world) from None
        return ReplaysAnswer(**stamp(services, response), replays=[ReplayOut.of(one) for one in found])

    @router.post(
        "/channels/{subscriber_id}/replays",
        status_code=202,
        dependencies=[Depends(door.operators(Role.AUTHOR))],
        responses=documented("malformed-request", "unknown-subscriber", "no-replay", "too-large", "invalid-request")
        | documented("unavailable"),
    )
    def say_again(subscriber_id: str, wanted: ReplayIn, response: Response) -> ReplaysAnswer:
        """Has everything since a time or a cursor said again to a webhook, in its order and under the same ids."""
        try:
            asked = _asked(services, subscriber_id, wanted)
        except UnknownSubscriberError:
            raise _unknown(world) from None
        except SubscriberError as error:
            raise ProblemError("no-replay", f"{error}.") from None
        return ReplaysAnswer(**stamp(services, response), replays=[ReplayOut.of(asked)])

    return router


def _asked(services: Services, subscriber_id: str, wanted: ReplayIn) -> Replay:
    if wanted.since is not None:
        return replay.replay_since(services, subscriber_id, wanted.since)
    return replay.replay_after(services, subscriber_id, wanted.after or 0)


def _unknown(world: WorldApi) -> ProblemError:
    return ProblemError("unknown-subscriber", f"Take an id from {world.prefix}/office/channels.")
