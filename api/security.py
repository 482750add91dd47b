"""The security headers of every answer."""

from api.headers import RawHeaders, encoded

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
# Swagger UI writes style attributes and cannot do without them; it runs on its own page only.
_DOCS_POLICY = _PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
_DOCS, _OFFICE = "/docs", "/office"

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Security:
    """The headers, encoded once."""

    def __init__(self, *, https_only: bool) -> None:
        """`https_only` tells browsers never to come back over plain HTTP (production, behind the city's proxy)."""
        headers = SECURITY_HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https_only else {})
        self._on_pages = encoded(headers | {"Content-Security-Policy": _PAGE_POLICY})
        self._on_docs = encoded(headers | {"Content-Security-Policy": _DOCS_POLICY})
        # With `no-referrer` browsers say of a form that it comes from nowhere, and the office asks where it comes from.
        # The origin and no more: a shelter's link has its key in the query, and must stand in no log as a referrer.
        own = {"Content-Security-Policy": _PAGE_POLICY, "Referrer-Policy": "strict-origin"}
        self._in_office = encoded(headers | own)

    def headers(self, path: str) -> RawHeaders:
        """Those of an address."""
        if path.startswith(_OFFICE):
            return self._in_office
        return self._on_docs if path == _DOCS else self._on_pages
