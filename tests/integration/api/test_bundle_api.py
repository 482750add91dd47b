"""The offline bundle, read by the reader that docs/offline-bundle.md gives to app developers."""

import gzip
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from bundle_reader import documented_reader, keys_of

from alerts.telegram.composition import Stated
from api.app import create_app

CITY = "27218"
FULL_BYTES = 150_000
PART_BYTES = 2_048
HOJO_SCHOOL = "E2721800042"
WORST_NIGHT = {"VPWW55": "33", "VPWW56": "39", "VPWW57": "38", "VPWW58": "35", "VPWW61": "14"}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return documented_reader(tmp_path_factory.mktemp("reader"))


@pytest.fixture
def phone(client, reader):
    """A phone that was built with the live world's keys."""
    trusted = keys_of(client)

    def reads(raw: bytes, held=None, **other):
        return reader.read(raw, CITY, held.head["keys"] if held else trusted, held, **other)

    return reads


def fetch(client, held=None, world: str = "/v1") -> bytes:
    answer = client.get(f"{world}/bundle", params={"since": held.head["version"]} if held else {})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/gzip"
    return answer.content


def report(client, facility: str = HOJO_SCHOOL, world: str = "/v1", **said) -> None:
    told = {"facility": facility, "version": 0, "state": "open", **said}
    answer = client.post(f"{world}/office/shelters/reports", json={"reports": [told]})
    assert answer.status_code == 200, answer.text


def when_it_differs(client, eventually, held, world: str = "/v1") -> bytes:
    """The part, as soon as there is one with other rows."""
    eventually(lambda: head_of(fetch(client, world=world))["version"] != held.head["version"])
    return fetch(client, held, world)


def head_of(raw: bytes) -> dict:
    return json.loads(gzip.decompress(raw).partition(b"\n")[0])


def changed(raw: bytes, change) -> bytes:
    """The file with its lines changed by somebody who has no key."""
    return gzip.compress(b"\n".join(change(gzip.decompress(raw).split(b"\n"))))


def test_a_phone_has_districts_places_phrases_and_the_situation(client, phone, reader, live, eventually):
    live.read_feeds()
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    bundle = phone(fetch(client))
    assert len(bundle.section("districts")) == len(bundle.section("shapes")) == 124
    assert len(bundle.section("sites")) == 72
    (hazard,) = bundle.section("situation").values()
    shown = client.get("/v1/situation").json()["in_force"][0]
    assert {name: hazard[name] for name in hazard.keys() & shown.keys()} == {
        name: shown[name] for name in hazard.keys() & shown.keys()
    }
    assert hazard["texts"]["ja"]["body"] == shown["body"]
    assert "Landslide" in hazard["texts"]["en"]["title"]
    assert bundle.section("phrases")["ja"]["phrases"]["shelter.reason.full"] == "満員と報告されています。"
    assert bundle.section("about")["city"]["attribution"]
    assert reader.needed(bundle) == {"landslide"}
    assert reader.needed(replace(bundle, rows=bundle.rows | {"situation/x": '{"needs": null}'})) is None


def test_a_place_in_it_is_the_place_of_the_api(client, phone, eventually):
    report(client, occupancy=12, floor="２階以上")
    eventually(lambda: client.get(f"/v1/shelters/{HOJO_SCHOOL}201").json()["shelter"]["opening"])
    site = client.get(f"/v1/shelters/{HOJO_SCHOOL}201").json()["shelter"]
    bundle = phone(fetch(client))
    opening = site.pop("opening")
    assert bundle.section("sites")[site["id"]] == site
    said = bundle.section("openings")[HOJO_SCHOOL]
    assert said == {"facility": HOJO_SCHOOL, "capacity": None, **opening}


def test_the_whole_is_small_enough_for_a_poor_network_in_the_worst_night(client, phone, live, eventually):
    for kind, code in WORST_NIGHT.items():
        live.send(kind, Stated(code))
    facilities = {site.facility for site in live.services.pack.sites}
    for facility in facilities:
        report(client, facility, occupancy=99, floor="体育館と２階", pets="屋外のみ", note="毛布が足りません")
    hazards = len(WORST_NIGHT)
    eventually(lambda: len(client.get("/v1/situation").json()["in_force"]) == hazards)
    eventually(lambda: len(phone(fetch(client)).section("openings")) == len(facilities))
    assert len(fetch(client)) <= FULL_BYTES


def test_the_whole_is_small_enough_when_every_language_is_reviewed(client):
    """In a drill all phrases of all languages are said, as in the live world one day."""
    assert len(fetch(client, world="/v1/drill")) <= FULL_BYTES


def test_a_shelters_report_is_a_part_that_any_network_carries(client, phone, eventually):
    before = phone(fetch(client))
    report(client, occupancy=12, floor="２階以上", pets="屋外のみ", wheelchair="スロープあり", note="毛布が足りません")
    part = when_it_differs(client, eventually, before)
    after = phone(part, before)
    assert len(part) <= PART_BYTES
    assert after.section("openings")[HOJO_SCHOOL]["occupancy"]["people"] == 12
    assert after == phone(fetch(client))


def test_parts_one_after_the_other_come_to_the_same_as_the_whole(client, phone, live, eventually):
    held = phone(fetch(client))
    for kind, stated in (
        ("VPWW56", Stated("09")),
        ("VPWW56", Stated("49", last_code="09")),
        ("VPWW55", Stated("43")),
        ("VPWW56", Stated("29", status="解除", last_code="49")),
    ):
        live.clock.forward(minutes=10)
        live.send(kind, stated)
        held = phone(when_it_differs(client, eventually, held), held)
    assert held == phone(fetch(client))
    assert [hazard["hazard"] for hazard in held.section("situation").values()] == ["heavy_rain"]


def test_after_a_start_a_phone_is_sent_the_sections_that_differ_and_no_more(
    client, phone, live, drill, serve, eventually
):
    held = phone(fetch(client))
    report(client)
    when_it_differs(client, eventually, held)
    worlds = {"live": live.services, "drill": drill.services}
    restarted = serve(create_app(worlds, look_every_seconds=0.02, bundle_secrets=[bytes(32)]))
    part = when_it_differs(restarted, eventually, held)
    assert len(part) <= PART_BYTES
    assert phone(part, held) == phone(fetch(client))


def test_every_process_serves_the_same_bytes(client, live, drill, serve, eventually):
    live.read_feeds()
    live.send("VPWW56", Stated("49"))
    eventually(lambda: head_of(fetch(client))["situation_as_of"] and client.get("/v1/situation").json()["in_force"])
    worlds = {"live": live.services, "drill": drill.services}
    another = serve(create_app(worlds, look_every_seconds=0.02, bundle_secrets=[bytes(32)]))
    eventually(lambda: fetch(another) == fetch(client))


def test_who_holds_the_bundle_gets_304(client, phone):
    answer = client.get("/v1/bundle")
    again = client.get("/v1/bundle", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "stale-if-error" in answer.headers["cache-control"]
    since = {"since": phone(answer.content).head["version"]}
    part = client.get("/v1/bundle", params=since)
    held = {"If-None-Match": part.headers["etag"]}
    assert len(part.content) < 1000
    assert client.get("/v1/bundle", params=since, headers=held).status_code == 304


def test_a_version_of_long_ago_gets_the_whole(client, phone):
    answer = client.get("/v1/bundle", params={"since": "A" * 64})
    assert answer.content == fetch(client)


@pytest.mark.parametrize("since", ["", "1", "A" * 65, "ä" * 64, "A" * 63 + "/"])
def test_what_is_no_version_is_refused_by_name(client, since):
    answer = client.get("/v1/bundle", params={"since": since})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "query.since")


def test_r22_its_age_is_that_of_the_feeds(client, phone, live, reader, eventually):
    assert reader.situation_at(phone(fetch(client)), live.clock.now()) == ("unknown", None)
    live.read_feeds()
    eventually(lambda: head_of(fetch(client))["situation_as_of"])
    bundle = phone(fetch(client))
    assert reader.situation_at(bundle, live.clock.now()) == ("current", timedelta(0))
    assert reader.situation_at(bundle, live.clock.now() + timedelta(minutes=6))[0] == "old"
    assert reader.situation_at(bundle, live.clock.now() - timedelta(days=1))[0] == "old"


def test_a_phone_finds_its_district_without_network(client, phone, reader, live):
    bundle = phone(fetch(client))
    for district in live.services.pack.districts[::10]:
        assert district.id in reader.districts_at(bundle, district.latitude, district.longitude)
    assert reader.districts_at(bundle, 35.0, 135.0) == []


def test_what_nobody_has_reviewed_is_not_in_the_live_bundle(client, live, drill, serve, phone, reader, eventually):
    cautious = live.services.wording.withholding(but=("ja",))
    worlds = {"live": replace(live.services, wording=cautious), "drill": drill.services}
    careful = serve(create_app(worlds, look_every_seconds=0.02, bundle_secrets=[bytes(32)]))
    live.send("VPWW56", Stated("49"))
    eventually(lambda: careful.get("/v1/situation").json()["in_force"])
    bundle = phone(fetch(careful))
    said = {tag: table["phrases"].keys() for tag, table in bundle.section("phrases").items()}
    assert "shelter.advice.go" in said["ja"]
    assert not any("shelter.advice.go" in keys for tag, keys in said.items() if tag != "ja")
    (hazard,) = bundle.section("situation").values()
    assert hazard["texts"].keys() == {"ja"}
    rehearsed = reader.read(fetch(careful, world="/v1/drill"), CITY, keys_of(careful, "/v1/drill"), world="drill")
    assert "shelter.advice.go" in rehearsed.section("phrases")["vi"]["phrases"]


@pytest.mark.parametrize(
    "forge",
    [
        lambda lines: [lines[0].replace(b'"live"', b'"Live"'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"made_at":"2', b'"made_at":"3'), *lines[1:]],
        lambda lines: [*lines[:3], lines[3].replace(b"a", b"b", 1), *lines[4:]],
        lambda lines: [*lines[:-2], lines[-1]],
        lambda lines: [*lines[:-1], b'sites/none\t{"name":"nowhere"}', b""],
        lambda lines: [lines[0], b"{}", *lines[2:]],
        lambda lines: [lines[0], b"[1]", *lines[2:]],
        lambda lines: [lines[0], lines[1].replace(b'": "', b'":"').replace(b'":"', b'":"AA', 1), *lines[2:]],
        lambda lines: [*lines[:2], b"all", *lines[3:]],
        lambda lines: [lines[0], b"[" * 150_000, *lines[2:]],
        lambda lines: lines[:2],
        lambda lines: [b""],
    ],
)
def test_a_forged_bundle_is_refused(client, phone, reader, forge):
    raw = fetch(client)
    assert phone(changed(raw, lambda lines: lines))
    with pytest.raises(reader.Refused):
        phone(changed(raw, forge))


@pytest.mark.parametrize("length", [0, 1, 10, 1000, -1])
def test_a_truncated_bundle_is_refused(client, phone, reader, length):
    with pytest.raises(reader.Refused):
        phone(fetch(client)[:length])


def test_what_would_fill_a_phones_memory_is_refused(client, phone, reader):
    with pytest.raises(reader.Refused, match="too large"):
        phone(gzip.compress(b"a\n" * reader.MOST_BYTES))


def test_a_bundle_that_another_key_has_signed_is_refused(live, drill, serve, client, phone, reader):
    worlds = {"live": live.services, "drill": drill.services}
    strange = serve(create_app(worlds, look_every_seconds=0.02, bundle_secrets=[b"x" * 32]))
    with pytest.raises(reader.Refused, match="no key that we trust"):
        phone(fetch(strange))


def test_a_replayed_older_bundle_is_refused_and_says_so(client, phone, live, reader, eventually):
    replayed = fetch(client)
    older = phone(replayed)
    live.clock.forward(minutes=1)
    live.send("VPWW56", Stated("49"))
    newer = phone(when_it_differs(client, eventually, older), older)
    with pytest.raises(reader.Refused, match="older"):
        phone(replayed, newer)


def test_a_part_for_another_phone_is_refused(client, phone, reader, live, eventually):
    first = phone(fetch(client))
    report(client)
    second = phone(when_it_differs(client, eventually, first), first)
    report(client, live.services.pack.sites[-1].facility)
    part = when_it_differs(client, eventually, second)
    assert phone(part, second)
    with pytest.raises(reader.Refused, match="ask for the whole"):
        phone(part, first)
    with pytest.raises(reader.Refused, match="nothing to add it to"):
        phone(part)


def test_another_citys_bundle_is_refused(client, reader):
    with pytest.raises(reader.Refused, match="city 27218"):
        reader.read(fetch(client), "99201", keys_of(client))


def test_a_new_key_arrives_with_a_bundle_that_the_old_one_signed(client, live, drill, serve, phone, reader):
    old = phone(fetch(client))
    worlds = {"live": live.services, "drill": drill.services}
    changing = serve(create_app(worlds, look_every_seconds=0.02, bundle_secrets=[b"n" * 32, bytes(32)]))
    changed_ = serve(create_app(worlds, look_every_seconds=0.02, bundle_secrets=[b"n" * 32]))
    between = phone(fetch(changing), old)
    assert list(between.head["keys"])[1:] == list(old.head["keys"])
    after = phone(fetch(changed_), between)
    assert after.head["keys"] == keys_of(changed_)
    with pytest.raises(reader.Refused, match="no key that we trust"):
        phone(fetch(changed_), old)
    with pytest.raises(reader.Refused, match="no key that we trust"):
        phone(fetch(client), after)


def test_r1_a_live_phone_never_takes_a_drills_bundle(client, phone, drill, reader, eventually):
    drill.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/drill/situation").json()["in_force"])
    raw = fetch(client, world="/v1/drill")
    with pytest.raises(reader.Refused, match="no key that we trust"):
        phone(raw)
    drills = keys_of(client, "/v1/drill")
    assert not drills.keys() & keys_of(client).keys()
    with pytest.raises(reader.Refused, match="drill world"):
        reader.read(raw, CITY, drills)
    bundle = reader.read(raw, CITY, drills, world="drill")
    (hazard,) = bundle.section("situation").values()
    texts = [hazard["name"], *hazard["details"]]
    texts += [said["title"] for said in hazard["texts"].values()]
    marks = {tag: table["phrases"]["drill.mark"] for tag, table in bundle.section("phrases").items()}
    assert hazard["name"].startswith("【訓練】")
    assert all(said["title"].startswith(marks[tag]) for tag, said in hazard["texts"].items()), texts
    assert phone(fetch(client)).section("situation") == {}


def test_r1_a_report_of_a_drill_is_in_the_drills_bundle_only(client, phone, reader, eventually):
    report(client, world="/v1/drill")
    drills = keys_of(client, "/v1/drill")
    eventually(lambda: reader.read(fetch(client, world="/v1/drill"), CITY, drills, world="drill").section("openings"))
    assert phone(fetch(client)).section("openings") == {}


def test_r30_without_database_the_last_bundle_is_served(client, phone, live, eventually):
    live.read_feeds()
    live.send("VPWW56", Stated("49"))
    eventually(lambda: not client.get("/v1/situation").json()["stale"] and phone(fetch(client)).section("situation"))
    before = phone(fetch(client))
    live.lose_database()
    eventually(lambda: client.get("/v1/situation").json()["stale"])
    assert phone(fetch(client)) == before


def test_r30_a_start_without_database_has_places_and_says_that_it_knows_nothing_else(
    client, live, drill, serve, phone, reader, eventually
):
    live.send("VPWW56", Stated("49"))
    eventually(lambda: phone(fetch(client)).section("situation"))
    held = phone(fetch(client))
    live.lose_database()
    worlds = {"live": live.services, "drill": drill.services}
    blind = serve(create_app(worlds, look_every_seconds=0.02, bundle_secrets=[bytes(32)]))
    bundle = phone(fetch(blind))
    assert len(bundle.section("sites")) == 72
    assert bundle.head["known"] == {"situation": False, "openings": False}
    assert reader.situation_at(bundle, datetime.fromisoformat(bundle.head["made_at"])) == ("unknown", None)
    with pytest.raises(reader.Refused, match="older"):
        phone(fetch(blind), held)


def test_without_a_key_there_is_no_bundle_and_everything_else_works(live, drill, serve):
    keyless = serve(create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02))
    for path in ("/v1/bundle", "/v1/bundle/keys", "/v1/drill/bundle"):
        answer = keyless.get(path)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:bosai:problem:unavailable")
        assert "BOSAI_BUNDLE_KEY" in answer.json()["detail"]
    assert keyless.get("/v1/shelters").status_code == 200
