"""Advice about places of refuge in words: what to do, and why a place is not recommended (issue 7.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from alerts.city.codes import CityCodes
from alerts.shelter.advice import Advice, Judged, Reason
from alerts.situation import HazardState
from alerts.wording.family import kind_keys
from alerts.wording.phrases import PhraseTable
from alerts.wording.places import Place, city_name, place_name
from alerts.wording.tables import Wording


@dataclass(frozen=True, slots=True)
class Ground:
    """What the advice stands on."""

    situation_known: bool
    openings_known: bool
    stale: bool
    outside: bool  # the point lies outside the city
    district: Place | None = None  # distances are measured from its middle


@dataclass(frozen=True, slots=True)
class Guide:
    """Says advice in one language, or in what stands in for it; in a drill every sentence is marked (R1).

    Where the city lets no unreviewed phrase out, in Japanese neither (decision 14), there is no sentence: the lists
    and their codes stand alone.
    """

    wording: Wording
    city: CityCodes
    language: str
    drill: bool
    spoken: set[str] = field(default_factory=set)  # the languages that its sentences came in until now

    def messages(self, advice: Advice, ground: Ground) -> list[str]:
        """What to show first, in this order: what is not known, what to do, how far it can be trusted."""
        parts = (self._unknown(advice, ground), self._instead(advice), self._what(advice, ground))
        said = [text for part in (*parts, self._limits(advice, ground)) for text in part]
        return [text for text in said if text]

    def reason(self, judged: Judged, reason: Reason) -> str | None:
        """Why one place is not recommended."""
        return self._say(f"reason.{reason}", hazards=judged.lacks)

    def _unknown(self, advice: Advice, ground: Ground) -> Iterator[str | None]:
        if ground.stale and ground.situation_known:
            yield self._say("advice.stale")
        if not ground.situation_known or (ground.stale and advice.needs.is_calm):
            yield self._say("advice.unknown_situation")
        if advice.needs.unknown:
            yield self._say("advice.unknown_hazard")
        if not ground.openings_known:
            yield self._say("advice.unknown_openings")

    def _instead(self, advice: Advice) -> Iterator[str | None]:
        for hazard in advice.needs.without_site:
            yield self._say(f"instead.{hazard}", "instead.any", hazards=(hazard,))
        if advice.needs.indoors:
            yield self._say("instead.indoors", states=advice.needs.indoors)

    def _what(self, advice: Advice, ground: Ground) -> Iterator[str | None]:
        needed = advice.needs.designations
        if advice.recommended:
            yield self._say("advice.go", hazards=needed)
        elif needed:
            yield self._say("advice.none_open" if advice.not_confirmed else "advice.none_fit", hazards=needed)
        elif advice.needs.is_calm and ground.situation_known and not ground.stale:
            yield self._say("advice.calm")

    def _limits(self, advice: Advice, ground: Ground) -> Iterator[str | None]:
        if ground.outside:
            yield self._say("advice.outside")
        if advice.recommended or advice.not_confirmed or advice.avoid:
            yield self._say("advice.distance")
            if ground.district:
                yield self._say("advice.from_district", district=ground.district)

    def _say(
        self,
        *keys: str,
        hazards: Iterable[str] = (),
        states: Iterable[HazardState] = (),
        district: Place | None = None,
    ) -> str | None:
        """The phrase of the first key in the first language that can say it whole; None if none can."""
        for table in self.wording.chain(self.language):
            try:
                names = _hazard_names(table, hazards)
                values = {
                    "city": city_name(table, self.city),
                    "hazard": names,
                    "hazards": names,
                    "names": _kind_names(table, states),
                    "district": place_name(table, district) if district else "",
                }
                said = table.first(*(f"shelter.{key}" for key in keys)).text.format(**values)
                said = table.first("drill.mark").text + said if self.drill else said
            except LookupError:
                continue  # withheld or missing: the next language says all of it
            self.spoken.add(table.language)
            return said
        return None


def _hazard_names(table: PhraseTable, hazards: Iterable[str]) -> str:
    return table.list_join.join(table.first(f"shelter.hazard.{hazard}").text for hazard in hazards)


def _kind_names(table: PhraseTable, states: Iterable[HazardState]) -> str:
    kinds = (kind_keys(state.hazard, state.code, state.level) for state in states)
    return table.list_join.join(dict.fromkeys(table.first(*keys).text for keys in kinds))
