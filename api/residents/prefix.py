"""Where a world's public addresses are."""

from alerts.service.services import Services


def prefix_of(services: Services) -> str:
    """/v1 or /v1/drill: no address is both (R1)."""
    return "/v1/drill" if services.is_drill else "/v1"
