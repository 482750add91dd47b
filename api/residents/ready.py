"""An answer with every header, ready to be sent again."""

from dataclasses import dataclass

from starlette.types import Message

from api.headers import RawHeaders
from api.residents.prepared import Variant

Question = tuple[str, bytes, bytes]
"""Path, Accept-Language and Accept-Encoding: what a read depends on, beside the facts."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The messages of an answer: the whole, or that nothing has changed."""

    variant: Variant
    whole: Message
    body: Message
    unchanged: Message

    @classmethod
    def of(cls, variant: Variant, headers: RawHeaders) -> "Ready":
        """A variant with the headers that stand on every answer of its address."""
        return cls(
            variant,
            {"type": "http.response.start", "status": 200, "headers": [*variant.whole, *headers]},
            {"type": "http.response.body", "body": variant.body},
            {"type": "http.response.start", "status": 304, "headers": [*variant.unchanged, *headers]},
        )
