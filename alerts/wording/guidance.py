"""Advice about places of refuge in words: what to do, and why a place is not recommended (issue 7.2)."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from alerts.city.codes import CityCodes
from alerts.shelter.advice import Advice, Judged, Reason
from alerts.wording.family import kind_keys
from alerts.wording.phrases import OFFICIAL, MissingPhraseError
from alerts.wording.tables import Wording


@dataclass(frozen=True, slots=True)
class Ground:
    """What the advice stands on."""

    situation_known: bool
    openings_known: bool
    stale: bool
    outside: bool  # the point lies outside the city
    district: str | None = None  # its name, where distances are measured from its middle


@dataclass(frozen=True, slots=True)
class Guide:
    """Says advice in one language; in a drill every sentence is marked (R1)."""

    wording: Wording
    city: CityCodes
    language: str
    drill: bool

    def messages(self, advice: Advice, ground: Ground) -> list[str]:
        """What to show first, in this order: what is not known, what to do, how far it can be trusted."""
        said = (*self._unknown(advice, ground), *self._instead(advice), *self._what(advice, ground))
        return [self._mark(text) for text in (*said, *self._limits(advice, ground))]

    def reason(self, judged: Judged, reason: Reason) -> str:
        """Why one place is not recommended."""
        return self._mark(self._say(f"reason.{reason}", hazards=self._hazards(judged.lacks)))

    def _unknown(self, advice: Advice, ground: Ground) -> Iterator[str]:
        if ground.stale and ground.situation_known:
            yield self._say("advice.stale")
        if not ground.situation_known or (ground.stale and advice.needs.is_calm):
            yield self._say("advice.unknown_situation")
        if advice.needs.unknown:
            yield self._say("advice.unknown_hazard")
        if not ground.openings_known:
            yield self._say("advice.unknown_openings")

    def _instead(self, advice: Advice) -> Iterator[str]:
        for hazard in advice.needs.without_site:
            yield self._say(f"instead.{hazard}", "instead.any", hazard=self._hazards((hazard,)))
        if advice.needs.indoors:
            kinds = (kind_keys(state.hazard, state.code, state.level) for state in advice.needs.indoors)
            names = (self._phrase(*keys, "kind.any") for keys in kinds)
            yield self._say("instead.indoors", names=self._say("join").join(dict.fromkeys(names)))

    def _what(self, advice: Advice, ground: Ground) -> Iterator[str]:
        hazards = self._hazards(advice.needs.designations)
        if advice.recommended:
            yield self._say("advice.go", hazards=hazards)
        elif advice.needs.designations:
            yield self._say("advice.none_open" if advice.not_confirmed else "advice.none_fit", hazards=hazards)
        elif advice.needs.is_calm and ground.situation_known and not ground.stale:
            yield self._say("advice.calm")

    def _limits(self, advice: Advice, ground: Ground) -> Iterator[str]:
        if ground.outside:
            yield self._say("advice.outside")
        if advice.recommended or advice.not_confirmed or advice.avoid:
            yield self._say("advice.distance")
            if ground.district:
                yield self._say("advice.from_district", district=ground.district)

    def _hazards(self, hazards: Iterable[str]) -> str:
        return self._say("join").join(self._say(f"hazard.{hazard}") for hazard in hazards)

    def _say(self, *keys: str, **values: str) -> str:
        return self._phrase(*(f"shelter.{key}" for key in keys), **values)

    def _phrase(self, *keys: str, **values: str) -> str:
        """The first of `keys` in the first language of the chain that has one, with its places filled."""
        for table in self.wording.chain(self.language):
            city = self.city.name if table.language == OFFICIAL else self.city.name_en
            with suppress(LookupError, ValueError):
                return table.first(*keys).text.format(city=city, **values)
        raise MissingPhraseError(f"no language can say {keys[0]}")  # the proof finds it before anything runs

    def _mark(self, text: str) -> str:
        return self._phrase("drill.mark") + text if self.drill else text
