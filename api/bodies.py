"""JSON bodies read strictly, as I-JSON has them (RFC 7493): what could be understood in two ways is refused."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

_NUL = "\0"
_ESCAPED_NUL = r"\u0000"


class StrictRoute(APIRoute):
    """A route whose JSON body is UTF-8, names nothing twice and holds no NUL, which no database of ours can keep."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, given a request that reads strictly."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            return await handler(_StrictRequest(request.scope, request.receive))

        return handle


class _StrictRequest(Request):
    async def json(self) -> Any:  # noqa: ANN401  what a body holds is for the schemas to say
        """The body; raises `JSONDecodeError` with what is wrong, which becomes a problem document."""
        return read_json(await self.body())


def read_json(raw: bytes) -> Any:  # noqa: ANN401  the same
    """What the bytes say; a byte order mark is passed over. Raises `JSONDecodeError`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise json.JSONDecodeError("a byte that is no UTF-8", "", error.start) from None
    try:
        found = _DECODER.decode(text)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise json.JSONDecodeError("more levels than anything here has", "", 0) from None
    except ValueError as error:  # ours, and Python's for a number of thousands of digits
        raise json.JSONDecodeError(str(error), "", 0) from None
    if _ESCAPED_NUL in text and _holds_nul(found):
        raise json.JSONDecodeError("a NUL character", "", text.index(_ESCAPED_NUL))
    return found


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise ValueError(f"the name {json.dumps(twice)} stands twice")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def _holds_nul(found: object) -> bool:
    """Looks into a body that was read already, so it is no deeper than the reader went."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and _NUL in one:
            return True
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
    return False


_DECODER = json.JSONDecoder(object_pairs_hook=_named_once, parse_constant=_no_number)
