"""What a fake server is started with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class FakeOptions:
    """Options of one fake FCM server; `folder` holds its certificates and its ready file between starts."""

    folder: Path
    port: int = 0  # 0: any free one
    project: str = "bosai-drill"
    latency_ms: tuple[float, float] = (50.0, 150.0)
    faults: Mapping[str, float] = field(default_factory=dict)  # fault name -> share of tokens
    repeats: int = 1  # how many tries of a token a passing fault lasts
    retry_after: int = 1  # seconds, in the header of 429
    seed: int = 1
    streams: int = 100  # at a time on one connection, as Google allows
    goaway_after: int | None = None  # requests after which a connection says GOAWAY
    token_lifetime: int = 3600  # seconds an OAuth token is valid
    until_stdin_closes: bool = False  # end with whoever holds the other end

    @property
    def ready_file(self) -> Path:
        """Written when requests are taken: {"port", "ca", "pid"}."""
        return self.folder / "ready.json"

    def to_json(self) -> str:
        """The options as one command line argument."""
        return orjson.dumps(self, default=str).decode()

    @classmethod
    def from_json(cls, text: str) -> "FakeOptions":
        """The reverse of `to_json`."""
        fields = orjson.loads(text)
        low, high = fields["latency_ms"]
        return cls(**{**fields, "folder": Path(fields["folder"]), "latency_ms": (low, high)})
