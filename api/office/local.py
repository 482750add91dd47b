"""Who asks from the machine itself: trusted on embedded defaults, as long as there is no officer (decision 27)."""

from ipaddress import ip_address

from fastapi import Request

from api.problems import ProblemError

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def this_machine_only(request: Request) -> None:
    """Lets only the loopback in, and nothing that a proxy passed on. Raises `ProblemError`: there is nothing here."""
    if not _is_loopback(request.client.host if request.client else "") or any(
        name in request.headers for name in _FORWARDED
    ):
        raise ProblemError("not-found", "This address answers only on the machine that the service runs on.")


def same_origin_only(request: Request) -> None:
    """Refuses what a page of another site has the browser on this machine send. Raises `ProblemError`."""
    origin = request.headers.get("origin")
    host = request.url.hostname or ""
    named_here = host == "localhost" or _is_loopback(host)  # else another name was made to lead here
    if not named_here or (origin is not None and origin != f"{request.url.scheme}://{request.url.netloc}"):
        raise ProblemError("not-found", "This address answers only pages of its own, under the name of this machine.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
