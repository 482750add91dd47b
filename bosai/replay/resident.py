"""A replay as one resident would see it: every push with its text, and a line for each telegram that brought none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter

from alerts.alert import Revision
from alerts.city.pack import CityPack
from alerts.ports import Address, Platform, PushResult
from alerts.service.arrival import Received
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.service.services import Services
from alerts.situation import notices_in_force
from alerts.times import JST
from bosai.replay.stage import Stage
from bosai.replay.steps import Played, steps
from bosai.replay.telegrams import Recorded

_PHONE = Address("token", "resident")
_RANG, _QUIET, _BESIDE = "", ", silent in quiet hours", ", silent, beside one that rang"


class UnknownDistrictError(ValueError):
    """The pack has no such district."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where the resident lives; `district` is None where the pack has no districts."""

    name: str
    district: str | None


def home_in(pack: CityPack, word: str) -> Home:
    """A district by its id or name, or the city by its own name; raises `UnknownDistrictError`."""
    found = next((district for district in pack.districts if word in {district.id, district.name}), None)
    if found is not None:
        return Home(found.name, found.id)
    if word == pack.codes.name:
        return Home(word, None)
    example = f", e.g. {pack.districts[0].name}" if pack.districts else ""
    raise UnknownDistrictError(f"{word}: name a district of {pack.codes.name}{example}, or {pack.codes.name} itself")


def diary(stage: Stage, recording: Sequence[Recorded], home: Home) -> Iterator[str]:
    """Yields Markdown, one item a push or a telegram that brought none, in the order of the story.

    The resident has switched on pushes of urgency `normal`. Texts stand as the live world would say them.
    """
    districts = () if home.district is None else (home.district,)
    register(stage.services, Registration(_PHONE, Platform.ANDROID, "ja", districts, normal_pushes=True))
    for _, together in groupby(steps(stage, recording, None), key=attrgetter("at")):
        said = [item for played in together for item in _of_step(stage.services, played)]
        yield from (text for _, text in sorted(said, key=itemgetter(0)))


def _of_step(services: Services, played: Played) -> Iterator[tuple[int, str]]:
    """Items, each with its place among those of one moment: what rang, what stood beside it, what was not told."""
    time = f"{played.at.astimezone(JST):%m-%d %H:%M}"
    told = [
        (revision, how) for revision in played.revisions if (how := _told(services, revision, played.at)) is not None
    ]
    for revision, how in told:
        title, body = _text(services, revision)
        yield int(how != _RANG), f"- {time} **{title}** ({revision.urgency}{how})<br>{body}"
    if told:
        return
    if played.received is not None:
        yield 2, f"- {time} no push for {played.received.reading.file}: {_why(played.received)}"
        return
    yield from ((2, f"- {time} no push: {revision.hazard}, {revision.reason}.") for revision in played.revisions)


def _told(services: Services, revision: Revision, at: datetime) -> str | None:
    """How the phone got it; None if it did not. It has the quiet hours of the city's policy."""
    with services.database.read() as uow:
        numbers = uow.devices.number_range() or (0, 0)
        results = uow.deliveries.results(revision.alert_id, revision.number, *numbers)
        texts = [text for text in uow.messages.outbox(100, revision.alert_id) if text.revision == revision.number]
    if PushResult.ACCEPTED not in results.values():
        return None
    if not any(text.silent and text.results for text in texts):
        return _RANG
    return _QUIET if services.pack.policy.preferences.silence(revision.urgency, at) else _BESIDE


def _text(services: Services, revision: Revision) -> tuple[str, str]:
    with services.database.read() as uow:
        texts = uow.messages.outbox(100, revision.alert_id)
    tier = next(text.tier for text in texts if text.revision == revision.number)
    said = services.wording.render(revision, tier, "ja", drill=False, city=services.pack.codes)
    return said.title, said.body


def _why(received: Received) -> str:
    """One reason, in the words that operators read everywhere."""
    if received.applied == "stale":
        return "older than what is known already."
    if received.revisions:
        return "; ".join(f"{revision.hazard}, {revision.reason}" for revision in received.revisions) + "."
    going_on = notices_in_force(received.reading) if received.reading.hazards else {}
    if going_on:
        return f"{'、'.join(notice.name for notice in going_on.values())} is what the resident knows."
    return received.reading.reason
