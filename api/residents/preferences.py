"""What residents can choose, and what the city has for who says nothing."""

from fastapi import APIRouter

from api.problems import documented
from api.residents.schemas.preferences import PreferencesAnswer, PreferencesOut, categories
from api.residents.world import WorldApi


def preferences(world: WorldApi) -> APIRouter:
    """The choices of one world's phones: the same in both, by the city's policy."""
    services = world.services
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get("/preferences", responses=documented("unavailable"))
    def read_preferences() -> PreferencesAnswer:
        """The families of hazards, and the defaults of the city's policy."""
        policy = services.pack.policy
        return PreferencesAnswer(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            defaults=PreferencesOut.of(policy.preferences),
            normal_pushes=policy.normal_pushes,
            categories=categories(policy),
        )

    return router
