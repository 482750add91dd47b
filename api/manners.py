"""What holds for every answer and every request: security headers, a limit on bodies, no bare defect."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import MAX_BODY_BYTES, MAX_TELEGRAM_BYTES, answer_defect

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
# Swagger UI writes style attributes and cannot do without them; it runs on its own page only.
_DOCS_POLICY = _PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


_TELEGRAMS_TO = ("/v1/office/simulate", "/v1/drill/office/simulate")  # answered to this machine only


class Manners:
    """ASGI layer around the whole application, kept plain because every read of the worst night passes it."""

    def __init__(self, app: ASGIApp, *, https_only: bool) -> None:
        """`https_only` tells browsers never to come back over plain HTTP (production, behind the city's proxy)."""
        self._app = app
        headers = SECURITY_HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https_only else {})
        self._on_pages = _encoded(headers | {"Content-Security-Policy": _PAGE_POLICY})
        self._on_docs = _encoded(headers | {"Content-Security-Policy": _DOCS_POLICY})
        # With `no-referrer` browsers say of a form that it comes from nowhere, and the office asks where it comes from.
        own = {"Content-Security-Policy": _PAGE_POLICY, "Referrer-Policy": "same-origin"}
        self._in_office = _encoded(headers | own)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds the headers to the answer, counts the bytes of the request, and answers where the application fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        headers = self._headers(scope["path"])

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        try:
            await self._app(scope, _limited(receive, _limit(scope["path"])), send_with_headers)
        except Exception as error:
            if started:
                raise  # half an answer cannot be taken back: the server closes the connection
            await answer_defect(scope["method"], scope["path"], error)(scope, receive, send_with_headers)

    def _headers(self, path: str) -> list[tuple[bytes, bytes]]:
        if path.startswith("/office"):
            return self._in_office
        return self._on_docs if path == "/docs" else self._on_pages


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as the server takes them; encoded once."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def _limit(path: str) -> int:
    return MAX_TELEGRAM_BYTES if path in _TELEGRAMS_TO else MAX_BODY_BYTES


def _limited(receive: Receive, limit: int) -> Receive:
    """Reads a body up to the limit; what declares no length is counted as it comes."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, headers={"Connection": "close"})  # the one class that the framework lets through
        return message

    return counted
