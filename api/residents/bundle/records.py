"""What stands in a bundle, as rows: in the shapes of the public JSON where there is one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel

from alerts.city.outline import outlines
from alerts.service.queries import Overview
from alerts.service.services import Services
from alerts.shelter.needs import designations_of
from alerts.shelter.opening import Opening
from alerts.wording.phrases import OFFICIAL, PhraseTable
from api.residents.basis import Basis
from api.residents.bundle.edition import Rows
from api.residents.places import district_items, group_items
from api.residents.schemas.situation import InForce
from api.residents.schemas.told import Told
from api.residents.sites import Sites, opening_item
from api.residents.spoken import Speaker, own_tiers
from api.residents.stamp import DISTRICT_FILES, SITE_FILES, credits_of, jma_credit

_SERVERS_OWN = frozenset({"office", "why", "what", "title"})  # phrases with places that only the server can fill
_TEXT = ("title", "body", "spoken")


def lasting(services: Services) -> dict[str, Rows]:
    """The sections that change with a new pack or a new version of the programme only."""
    pack = services.pack
    return {
        "about": _rows("about", {"city": _about(services)}),
        "districts": _rows("districts", {item.id: item for item in district_items(pack)}),
        "groups": _rows("groups", {item.id: item for item in group_items(pack)}),
        "shapes": _rows("shapes", outlines(pack.polygons)),
        "phrases": _rows("phrases", {tag: _phrases(table) for tag, table in services.wording.tables.items()}),
    }


def changing(services: Services, basis: Basis) -> dict[str, Rows]:
    """The sections that change with the situation and with the places."""
    held = basis.held
    as_listed = Sites(services, replace(basis, held=replace(held, openings={})))
    return {
        "sites": _rows("sites", {site.id: _without(as_listed.item(site), "opening") for site in held.sites}),
        "openings": _rows("openings", {name: _opening(each) for name, each in held.openings.items()}),
        "situation": _rows("situation", _in_force(services, held.overview) if held.overview else {}),
    }


def _rows(section: str, items: Mapping[str, Any]) -> Rows:
    return {f"{section}/{quote(name, safe='')}": _json(item) for name, item in items.items()}


def _json(item: object) -> str:
    said = item.model_dump(mode="json") if isinstance(item, BaseModel) else item
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _without(item: BaseModel, *names: str) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude=set(names))


def _about(services: Services) -> dict[str, Any]:
    pack = services.pack
    credits_ = [*jma_credit(services), *credits_of(pack, DISTRICT_FILES), *credits_of(pack, SITE_FILES)]
    return {
        "name": pack.codes.name,
        "name_en": pack.codes.name_en,
        "prefecture": pack.codes.prefecture,
        "code": pack.codes.code,
        "default_language": pack.policy.default_language,
        "attribution": list(dict.fromkeys(credits_)),
    }


def _phrases(table: PhraseTable) -> dict[str, Any]:
    """One language's phrases, without those that wait for their review (decision 14)."""
    return {
        "language": table.language,
        "name": table.name,
        "tags": table.tags,
        "stand_ins": table.stand_ins,
        "join": table.join,
        "list_join": table.list_join,
        "phrases": {key: text for key, text in table.let_out.items() if key.partition(".")[0] not in _SERVERS_OWN},
    }


def _opening(opening: Opening) -> dict[str, Any]:
    said = opening_item(opening).model_dump(mode="json")
    return {"facility": opening.facility, **said, "capacity": opening.capacity}


def _in_force(services: Services, overview: Overview) -> dict[str, dict[str, Any]]:
    """By alert: what is in force, with its text in every language that says it."""
    everywhere = own_tiers(overview, frozenset())
    by_language = [Speaker(services, tag).in_force(overview, everywhere) for tag in services.wording.tables]
    needs = {state.alert_id: designations_of(state) for state in overview.fled_from}
    said = {each[0].alert_id: _in_all_languages(each) for each in zip(*by_language, strict=True)}
    return {alert_id: row | {"needs": needs.get(alert_id)} for alert_id, row in said.items()}


def _in_all_languages(said: Sequence[InForce]) -> dict[str, Any]:
    texts = {one.language: {name: getattr(one, name) for name in _TEXT} for one in said}
    return {**_without(said[0], *Told.model_fields, "level_text"), "official_language": OFFICIAL, "texts": texts}
