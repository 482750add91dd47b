"""What an operator may set, all of it in the environment as `BOSAI_…`; nothing else in the project reads it.

Without any setting the service runs on embedded defaults (design.md §5): SQLite and a Valkey server in the data folder.
"""

import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BOSAI_"
_ADDRESS = r"^https?://[^/\s?#]+(/[^\s?#]*[^/\s?#])?$"  # without a slash at its end
JMA_FEEDS = "https://www.data.jma.go.jp/developer/xml/feed/"  # jma.md §1.1

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")  # as a browser sends it: in small letters, no slash


class SettingsError(ValueError):
    """A variable that cannot be used; the message names it and says what is expected."""


class Settings(BaseSettings):
    """The settings of one machine: `redis_url` is the variable `BOSAI_REDIS_URL`; an empty one counts as unset."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    data: Path = Path("data")
    environment: Literal["embedded", "production"] = "embedded"
    database_url: str | None = None  # SQLAlchemy URL; None: SQLite live.db in the data folder
    drill_database_url: str | None = None
    redis_url: str | None = None  # None: `bosai serve` starts its own Valkey
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    web_origins: str | None = None  # https://… of web apps that may read from a browser, with blanks between
    public_url: str | None = Field(default=None, pattern=_ADDRESS)  # how others reach the API: stands in its feeds
    trusted_proxies: str = "127.0.0.1"  # addresses and networks whose X-Forwarded-For is believed, with commas between
    city: str = "daito"  # name of a bundled pack, or the path of a pack's folder or city.toml
    feeds: bool = True
    feed_url: str = JMA_FEEDS
    firebase_key: Path | None = None  # service account key, a JSON file from the Firebase console
    app_check: bool = False  # only the city's own app may register: Firebase App Check, with the key above
    fcm_quota: int = Field(default=600_000, ge=600)  # messages a minute that the Firebase project may send
    fcm_transport: Literal["http2", "sdk"] = "http2"  # `sdk`: the Firebase Admin SDK's own, at a twentieth of the speed
    apns_critical: bool = False  # Apple granted the app critical alerts
    drill_fcm_url: str | None = None  # the fake FCM server that takes the drill world's messages; loopback only
    drill_fcm_ca: Path | None = None
    smtp_url: str | None = (
        None  # smtps://user:password@host:465, or smtp://…:587 with STARTTLS: e-mail to the live list
    )
    drill_smtp_url: str | None = None  # the same for the drill world's own list
    mail_from: str | None = None  # who mails are from, as in a From header
    channel_ca: Path | None = None  # an authority trusted besides the usual ones, by mail and webhooks
    story_clock: Path | None = None  # set by `bosai replay` for its own workers: the time in a drill world
    secret_key: str | None = None  # 32 bytes in base64; None: the file secret.key in the data folder
    former_secret_key: str | None = None  # the one before, while addresses are being encrypted anew
    bundle_key: str | None = None  # 32 bytes in base64 that sign offline bundles; None: bundle.key in the data folder
    former_bundle_key: str | None = None  # the one before, until every phone knows the new one
    event_streams: int = Field(default=500, ge=0)  # open apps that one process serves with events, in each world
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("app_check")
    @classmethod
    def _has_a_project(cls, wanted: bool, info: ValidationInfo) -> bool:
        if wanted and info.data.get("firebase_key") is None:
            raise ValueError(f"App Check belongs to a Firebase project: set {PREFIX}FIREBASE_KEY too")
        return wanted

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        for one in text.split(","):
            ip_network(one.strip())
        return text

    @field_validator("web_origins")
    @classmethod
    def _are_origins(cls, text: str | None) -> str | None:
        for origin in (text or "").split():
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin} is no origin: expected https://name or https://name:port, without a path")
        return text

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of `web_origins`."""
        return tuple((self.web_origins or "").split())

    def variables(self) -> dict[str, str]:
        """These settings as environment variables, for a child process."""
        values = self.model_dump(mode="json", exclude_none=True)
        return {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}

    def changed(self, **values: Any) -> "Settings":  # noqa: ANN401 - each field has a type of its own, checked here
        """A copy with some fields set, validated like the environment. Raises `SettingsError`."""
        return _validated({**self.model_dump(), **values})


def load_settings() -> Settings:
    """Reads the environment. Raises `SettingsError` with one line for each variable that cannot be used."""
    return _validated({})


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment of a child process: this process's own, with `settings` in place of its `BOSAI_…`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return inherited | {"PYTHONUNBUFFERED": "1"} | settings.variables()


def unknown_variables(environment: Mapping[str, str] | None = None) -> list[str]:
    """Variables that look like settings but are none, e.g. a misspelt `BOSAI_PROT`."""
    names = os.environ if environment is None else environment
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    return sorted(name for name in names if name.startswith(PREFIX) and name not in known)


def _validated(values: dict[str, Any]) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        problems = [f"{PREFIX}{str(p['loc'][0]).upper()}={p['input']!s:.80}: {p['msg']}" for p in error.errors()]
        raise SettingsError("; ".join(problems)) from None
