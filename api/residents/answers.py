"""The public answers made from one state of one world: each is serialised once, when it is first asked for."""

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import quote

from pydantic import BaseModel

from alerts.service.queries import RECENT_ALERTS, AlertHistory, Overview
from alerts.service.services import Services
from alerts.shelter.export import standard_csv
from api.problems import ProblemError
from api.residents import places, telling
from api.residents.basis import Basis
from api.residents.prefix import prefix_of
from api.residents.prepared import CSV, GEOJSON, JSON, LONG, SHORT, Prepared, prepare
from api.residents.ready import Question, Ready
from api.residents.schemas.situation import SituationAnswer
from api.residents.showing import Showing
from api.residents.sites import Chosen, Sites
from api.residents.spoken import own_tiers, spoken_in
from api.residents.stamp import SITE_FILES, credits_of


class Answers:
    """Answers of one moment. Nothing here touches the database."""

    def __init__(self, services: Services, basis: Basis) -> None:
        self.basis = basis
        self._services = services
        self.sites = Sites(services, basis)
        self._made: dict[tuple[str, str], Prepared] = {}
        self.asked: dict[Question, Ready] = {}  # what was answered from these facts, for `HotReads`

    @property
    def overview(self) -> Overview:
        """Raises `ProblemError` if the database was never read: an empty list would mean that there is no danger."""
        if self.basis.held.overview is None:
            raise ProblemError(
                "unavailable",
                "The database has not been read since the start. Ask again; until then rely on other channels.",
                headers={"Retry-After": "5"},
            )
        return self.basis.held.overview

    def situation_answer(self, language: str, districts: frozenset[str] = frozenset()) -> SituationAnswer:
        """The situation before it becomes bytes; the start page shows it too."""
        overview = self.overview.within(districts)
        tiers = own_tiers(overview, districts)
        return telling.situation_answer(self._services, self.basis, overview, language, tiers)

    def situation(self, language: str, districts: frozenset[str] = frozenset()) -> Prepared:
        """What is in force in some districts, or in the city; made once for all districts that were told the same."""

        def made() -> Prepared:
            answer = self.situation_answer(language, districts)
            return prepare(answer, language=spoken_in(language, answer.in_force), caching=SHORT)

        overview = self.overview.within(districts)
        shown = [state.alert_id for state in overview.states]
        return self._once(f"situation/{shown}/{own_tiers(overview, districts)}", language, made)

    def alerts(self, language: str, limit: int = RECENT_ALERTS) -> Prepared:
        """The alerts changed last."""
        recent = self.overview.recent
        if limit < RECENT_ALERTS:
            return self.page(recent, language, limit)
        return self._once("alerts", language, lambda: self.page(recent, language, limit))

    def page(self, histories: Sequence[AlertHistory], language: str, limit: int) -> Prepared:
        """One page of the alerts' history."""
        answer = telling.alerts_answer(self._services, self.basis, histories, language, limit)
        return prepare(answer, language=spoken_in(language, answer.alerts), caching=SHORT)

    def alert(self, alert_id: str, language: str) -> Prepared | None:
        """One of the alerts held in memory; None if the database must be asked."""
        history = self.overview.histories.get(alert_id)
        if history is None:
            return None
        return self._once(f"alerts/{alert_id}", language, lambda: self.told(history, language))

    def told(self, history: AlertHistory, language: str) -> Prepared:
        """One alert with its revisions."""
        answer = telling.alert_answer(self._services, self.basis, history, language)
        texts = (text for revision in answer.revisions for text in revision.texts)
        return prepare(answer, language=spoken_in(language, (answer.alert, *texts)), caching=SHORT)

    def shown(self, name: str, say: Callable[[Showing], BaseModel]) -> Prepared:
        """What JMA's display telegrams say, the same in all languages. Raises as `overview`."""
        _ = self.overview
        made = Showing(self._services, self.basis)
        return self._once(name, "", lambda: prepare(say(made), language=None, caching=SHORT))

    def earthquakes(self, language: str) -> Prepared:
        """Earthquakes as alerts, and what else JMA said of them."""

        def made() -> Prepared:
            answer = Showing(self._services, self.basis).earthquakes(self.overview, language)
            return prepare(answer, language=spoken_in(language, answer.alerts), caching=SHORT)

        return self._once("earthquakes", language, made)

    def app(self) -> Prepared:
        """Which apps may still be used."""
        return self._once(
            "app", "", lambda: prepare(telling.app_answer(self._services, self.basis), language=None, caching=SHORT)
        )

    def preferences(self) -> Prepared:
        """What residents can choose."""
        made = partial(telling.preferences_answer, self._services, self.basis)
        return self._once("preferences", "", lambda: prepare(made(), language=None, caching=SHORT))

    def districts(self) -> Prepared:
        """The districts of the city."""
        return self._once(
            "districts",
            "",
            lambda: prepare(places.districts_answer(self._services, self.basis), language=None, caching=LONG),
        )

    def districts_geojson(self) -> Prepared:
        """The districts as a map layer."""

        def made() -> Prepared:
            answer = places.district_collection(self._services, self.basis)
            return prepare(answer, language=None, caching=LONG, media_type=GEOJSON)

        return self._once("districts.geojson", "", made)

    def shelters(self, format_: str = "json", is_chosen: Chosen | None = None, name: str | None = "") -> Prepared:
        """Emergency sites and shelters, as JSON or GeoJSON; made once for each `name` of a choice, if it has one."""
        is_map = format_ == "geojson"

        def made() -> Prepared:
            answer = self.sites.collection(is_chosen) if is_map else self.sites.answer(is_chosen)
            return prepare(answer, language=None, caching=SHORT, media_type=GEOJSON if is_map else JSON)

        return made() if name is None else self._once(f"shelters/{format_}", name, made)

    def shelter(self, site_id: str) -> Prepared | None:
        """One place; None if no place has the id."""
        if site_id not in self.sites:
            return None
        return self._once("shelter", site_id, lambda: prepare(self.sites.one(site_id), language=None, caching=SHORT))

    def shelters_csv(self) -> Prepared:
        """The places as open data."""

        def made() -> Prepared:
            raw = standard_csv(self.basis.held.sites, self._services.pack.codes)
            return Prepared(raw, media_type=CSV, language=None, caching=SHORT, link=self._licence())

        return self._once("shelters.csv", "", made)

    def _licence(self) -> str:
        """Where the credits and licences stand that a table has no room for: the same places as JSON."""
        credit = quote("、".join(credits_of(self._services.pack, SITE_FILES)))
        return f"<{prefix_of(self._services)}/shelters>; rel=\"license\"; title*=UTF-8''{credit}"

    def made(self, name: str, language: str, make: Callable[[], Prepared]) -> Prepared:
        """An answer that is put together elsewhere, made once from these facts."""
        return self._once(name, language, make)

    def _once(self, name: str, language: str, make: Callable[[], Prepared]) -> Prepared:
        """Two first requests at once make it twice, to the same bytes."""
        key = (name, language)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]
