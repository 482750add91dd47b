"""Asks the own API whether it answers."""

import http.client

from bosai.settings import Settings

TIMEOUT_SECONDS = 1.0
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where one listens on all, one asks the loopback
OK = 200


def answers(settings: Settings) -> bool:
    """Whether `/health/live` answers 200."""
    host = ANY_ADDRESS.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
