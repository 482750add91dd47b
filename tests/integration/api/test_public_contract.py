"""The public JSON, pinned: a key that is here keeps its name. Adding one is allowed, and means adding it here."""

from datetime import UTC, datetime
from typing import Any

import pytest

from alerts.telegram.composition import Stated

ANSWER = {"as_of", "stale", "drill"}
ATTRIBUTED = ANSWER | {"attribution"}
KIND = {"hazard", "code", "level", "rank", "colour", "name"}
TOLD = {"language", "title", "body", "spoken", "official"}
ALERT = KIND | TOLD | {"id", "source", "state", "revision", "change", "since", "updated_at"}
SITE = {"id", "kind", "facility", "name", "address", "latitude", "longitude", "hazards", "also", "welfare"}
SITE |= {"accepts", "note", "name_kana", "name_en", "districts", "capacity", "communities", "phone", "url", "opening"}
OPENING = {
    "state",
    "reported_at",
    "reported_by",
    "version",
    "occupancy",
    "floor",
    "pets",
    "wheelchair",
    "nursing",
    "note",
}
ADVISED = {"site", "distance_metres", "reasons", "lacks", "not_designated_for"}
SOURCE = {"id", "title", "licence", "credit", "day", "derived", "caution"}
DEVICE = {"id", "address_kind", "platform", "language", "districts", "normal_pushes", "reachable"}
DEVICE |= {"further_places", "preferences"}
DEVICE |= {"registered_at", "changed_at"}
SHOWN = {"id", "type", "title", "headline", "issued_at", "valid_until"}
PERIOD = {"start", "end"}
NAMED_PERIOD = PERIOD | {"name"}
BULLETIN = SHOWN | {"tags", "blocks"}
DISPLAYS = (
    "VPFD51",
    "VPFW50",
    "VPFG50",
    "VPFD61",
    "VPFW60",
    "VPWP50",
    "VPTW60",
    "VPTA50",
    "VPFJ51",
    "VXSE52",
    "VTSE51",
)
LINK = {"rel", "type", "href", "title"}
COLLECTION = ATTRIBUTED | {"id", "title", "description", "itemType", "crs", "extent", "links"}
DISTRICT = {"id", "name", "kana", "name_en", "postal_code", "latitude", "longitude", "groups"}

CONTRACT: dict[str, dict[str, set[str]]] = {
    "/v1/app": {
        "": ANSWER | {"android", "ios", "web", "languages"},
        "android": {"minimum", "store"},
    },
    "/v1/situation": {
        "": ATTRIBUTED | {"language", "city", "level", "in_force", "sources"},
        "city": {"name", "name_en", "prefecture", "code"},
        "in_force.0": KIND
        | TOLD
        | {
            "details",
            "since",
            "issued_at",
            "alert_id",
            "districts",
            "parts",
            "valid_until",
            "level_text",
            "last_change",
        },
        "in_force.0.last_change": {"kind", "at", "revision", "name_before", "level_before"},
        "sources.0": {"name", "as_of", "stale"},
    },
    "/v1/alerts": {"": ATTRIBUTED | {"language", "alerts", "next"}, "alerts.0": ALERT},
    "/v1/alerts/{alert}": {
        "": ATTRIBUTED | {"language", "alert", "revisions"},
        "alert": ALERT,
        "revisions.0": KIND
        | {"number", "change", "urgency", "pushed", "reason", "telegram", "issued_at", "created_at", "expires_at"}
        | {"details", "rules_version", "texts"},
        "revisions.0.texts.0": TOLD | {"districts", "because", "rule", "level", "urgency"},
    },
    "/v1/devices/me/alerts/{alert}/why": {
        "": ATTRIBUTED | {"language", "alert_id", "decision", "told", "sentence", "notes", "revisions"},
        "revisions.0": {"revision", "change", "urgency", "pushed", "tier", "decision", "told", "sentence", "notes"}
        | {"rule", "telegram", "results", "at"},
        "revisions.0.rule": {"order", "id", "version", "because"},
        "revisions.0.telegram": {"id", "file", "type", "title", "issued_at"},
    },
    "/v1/districts": {
        "": ATTRIBUTED | {"districts", "layers", "groups", "sources"},
        "districts.0": DISTRICT,
        "layers.0": {"id", "name", "name_en", "provenance", "source", "valid_from", "valid_to"},
        "groups.0": {"id", "layer", "name", "name_en", "districts", "sourced"},
        "sources.0": SOURCE,
    },
    "/v1/districts.geojson": {
        "": ATTRIBUTED | {"type", "features"},
        "features.0": {"type", "id", "geometry", "properties"},
        "features.0.properties": DISTRICT,
    },
    "/v1/situation.geojson": {
        "": ATTRIBUTED | {"type", "language", "level", "in_force", "features"},
        "in_force.0": KIND
        | TOLD
        | {
            "details",
            "since",
            "issued_at",
            "alert_id",
            "districts",
            "parts",
            "valid_until",
            "level_text",
            "last_change",
        },
        "features.0": {"type", "id", "geometry", "properties"},
        "features.0.properties": {"name", "name_en", "level", "colour", "hazards"},
        "features.0.properties.hazards.0": {"hazard", "alert_id", "level", "rank", "colour"},
    },
    "/v1/ogc": {"": {"title", "description", "links"}, "links.0": LINK},
    "/v1/ogc/conformance": {"": {"conformsTo"}},
    "/v1/ogc/collections": {"": {"links", "collections"}, "collections.0": COLLECTION},
    "/v1/ogc/collections/shelters": {"": COLLECTION, "links.0": LINK},
    "/v1/ogc/collections/shelters/items": {
        "": ATTRIBUTED | {"type", "timeStamp", "numberMatched", "numberReturned", "links", "features"},
        "features.0": {"type", "id", "geometry", "properties"},
        "features.0.properties": SITE,
    },
    "/v1/ogc/collections/districts/items/27218-hojo-6": {
        "": ATTRIBUTED | {"type", "id", "geometry", "properties", "links"},
        "properties": DISTRICT,
    },
    "/v1/districts/locate?lat=34.71&lon=135.5": {
        "": ATTRIBUTED | {"certainty", "districts", "nearest"},
        "nearest": {"district", "metres"},
        "nearest.district": DISTRICT,
    },
    "/v1/shelters": {
        "": ATTRIBUTED | {"emergency_sites", "shelters", "sources"},
        "emergency_sites.0": SITE,
        "shelters.0": SITE,
        "sources.0": SOURCE,
    },
    "/v1/shelters.geojson": {
        "": ATTRIBUTED | {"type", "features"},
        "features.0": {"type", "id", "geometry", "properties"},
        "features.0.properties": SITE,
    },
    "/v1/shelters/E2721800042201": {
        "": ATTRIBUTED | {"shelter"},
        "shelter": SITE,
        "shelter.opening": OPENING,
        "shelter.opening.occupancy": {"people", "at"},
    },
    "/v1/shelters/advice?district=27218-hojo-6": {
        "": ATTRIBUTED
        | {"language", "situation_known", "in_force", "needs", "without_site", "messages", "recommended"}
        | {"not_confirmed", "avoid"},
        "in_force.0": KIND,
        "not_confirmed.0": ADVISED,
        "not_confirmed.0.site": SITE,
        "not_confirmed.0.reasons.0": {"code", "text"},
        "avoid.0": ADVISED,
    },
    "/v1/forecast": {
        "": ATTRIBUTED | {"short_term", "weekly", "overview"},
        "short_term": SHOWN | {"area", "periods", "rain", "temperatures"},
        "short_term.periods.0": NAMED_PERIOD | {"weather", "weather_code", "detail", "wind", "waves", "reliability"},
        "short_term.rain.0": PERIOD | {"percent"},
        "short_term.temperatures.0": PERIOD | {"station", "station_code", "label", "celsius"},
        "weekly": SHOWN | {"area", "periods", "rain", "temperatures"},
        "overview": BULLETIN,
    },
    "/v1/outlook": {
        "": ATTRIBUTED | {"level", "near", "later"},
        "near": SHOWN | {"area", "hazards"},
        "near.hazards.0": {"hazard", "level", "text", "periods"},
        "near.hazards.0.periods.0": NAMED_PERIOD | {"rank"},
        "later": SHOWN | {"area", "hazards"},
    },
    "/v1/timeline": {
        "": ATTRIBUTED | {"timeline"},
        "timeline": SHOWN | {"area", "dangers", "amounts"},
        "timeline.dangers.0": {"hazard", "part", "steps"},
        "timeline.dangers.0.steps.0": NAMED_PERIOD | {"code", "label"},
        "timeline.amounts.0": {"what", "part", "values"},
        "timeline.amounts.0.values.0": NAMED_PERIOD | {"text"},
    },
    "/v1/typhoons": {
        "": ATTRIBUTED | {"typhoons"},
        "typhoons.0": SHOWN | {"event", "name", "kana", "number", "remark", "points", "storm_probability"},
        "typhoons.0.points.0": {"at", "what", "latitude", "longitude", "distance_km", "location", "category", "size"}
        | {"strength", "direction", "speed_kmh", "pressure_hpa", "wind_ms", "gust_ms", "circle_km", "storm_km"},
        "typhoons.0.storm_probability": SHOWN | {"within", "steps"},
        "typhoons.0.storm_probability.within.0": PERIOD | {"percent"},
    },
    "/v1/bulletins": {
        "": ATTRIBUTED | {"bulletins"},
        "bulletins.0": BULLETIN,
        "bulletins.0.blocks.0": {"heading", "text"},
    },
    "/v1/earthquakes": {
        "": ATTRIBUTED | {"language", "alerts", "information"},
        "alerts.0": ALERT,
        "information.0": SHOWN | {"event", "texts", "hypocentres", "counts", "waves", "early_warning"},
        "information.0.hypocentres.0": {"origin_at", "name", "where", "magnitude"},
        "information.0.waves.0": {"section", "place", "kind", "arrival_at", "arrival", "height"},
    },
    "/v1/bundle/keys": {"": ANSWER | {"keys"}, "keys.0": {"id", "algorithm", "public_key"}},
    "/v1/outbox": {
        "": ATTRIBUTED | {"messages"},
        "messages.0": {"alert_id", "revision", "language", "urgency", "title", "body", "created_at", "devices"}
        | {"results", "silent"},
    },
    "/v1/devices/me": {"": ANSWER | {"device"}, "device": DEVICE},
    "/health/live": {"": {"alive"}},
    "/health/ready": {
        "": {"ready", "as_of", "stale", "checks"},
        "checks.0": {"world", "name", "ok", "reason"},
    },
}


def at(document: Any, path: str) -> Any:
    for step in filter(None, path.split(".")):
        document = document[int(step) if step.isdigit() else step]
    return document


@pytest.mark.parametrize("path", CONTRACT)
def test_the_public_keys_are_as_promised(client, live, eventually, path):
    live.clock.time = datetime(2026, 7, 2, 9, tzinfo=UTC)
    phone = {"address": {"kind": "fid", "value": "installation-1"}, "platform": "ios", "districts": []}
    registered = client.post("/v1/devices", json=phone).json()
    assert registered.keys() == ANSWER | {"id", "secret", "device"}
    live.read_feeds()
    live.beat()
    live.show(*DISPLAYS, "VXSE53")
    live.send("VPWW56", Stated("49"))
    opened = {"facility": "E2721800042", "version": 0, "state": "open", "occupancy": 3}
    client.post("/v1/office/shelters/reports", json={"reports": [opened]})
    eventually(lambda: client.get("/v1/shelters/E2721800042201").json()["shelter"]["opening"])
    eventually(lambda: client.get("/v1/situation").json()["level"])
    alert = client.get("/v1/situation").json()["in_force"][0]["alert_id"]
    me = {"Authorization": f"Bearer {registered['secret']}"}
    answer = client.get(path.replace("{alert}", alert), headers=me).json()
    assert {part: set(at(answer, part)) for part in CONTRACT[path]} == CONTRACT[path]
