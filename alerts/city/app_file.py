"""Reads `app.toml`: which versions of the phone app may still be used; without one `packs/base` decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from alerts.city.pack_files import PackFiles
from alerts.city.toml_section import Section, whole

PLATFORMS = ("android", "ios", "web")
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_ADDRESS = re.compile(r"(https://\S+)?")


@dataclass(frozen=True, slots=True)
class AppVersion:
    """What one platform's app must be, and where it is updated."""

    minimum: str  # 1.4.0; an app compares number by number
    store: str | None


def read_app(files: PackFiles) -> Mapping[str, AppVersion]:
    """By platform; empty, with problems noted, where the file is not TOML."""
    source = files.toml("app.toml", or_base=True)
    if source is None:
        return {}
    top = whole(source, files.problems)
    top.only(*PLATFORMS)
    return {platform: _version(top.section(platform)) for platform in PLATFORMS}


def _version(section: Section) -> AppVersion:
    section.only("minimum", "store")
    minimum, store = section.text("minimum"), section.text("store", default="")
    if minimum and not _VERSION.fullmatch(minimum):
        section.problem("minimum", f'{minimum!r} is no version; expected three numbers, like "1.4.0"')
    if not _ADDRESS.fullmatch(store):
        section.problem("store", f"{store!r} is no address that begins with https://")
    return AppVersion(minimum, store or None)
