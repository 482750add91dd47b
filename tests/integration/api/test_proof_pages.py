"""The proof: what each alert took, for the office by day, and for everybody without what could be one person's."""

import csv
import io
from contextlib import ExitStack
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, insert, select

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.ports import PushResult
from alerts.receipt import Event
from alerts.service import proof
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.store.tables import deliveries, proofs, receipts
from alerts.telegram.composition import Stated


@pytest.fixture
def enter(live, client):
    """A browser of somebody with these roles."""

    def entered(*roles):
        login = f"officer-{'-'.join(roles)}"
        done = administration.add_at_console(live.services, Wanted(Act.ADD, login=login, name="佐藤", roles=roles))
        token = welcome(live.services, Attempt(login, "kawa no nagare wa", done.code)).token
        base = str(client.base_url).rstrip("/")
        headers = {"Cookie": f"bosai-session={token}", "Origin": base}
        return stack.enter_context(httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=60))

    with ExitStack() as stack:
        yield entered


@pytest.fixture
def told():
    """A warning of a world that so many phones took, one each 10 ms, and so many confirmed, one each 100 ms."""

    def tell(station, phones, confirmed):
        station.read_feeds()
        station.send("VPWW56", Stated("49"))
        made_at = station.clock.now()
        (journey,) = (one for one in proof.of_day(station.services, made_at.date()) if one.pushed)
        key = {"alert_id": journey.alert_id, "revision": journey.revision}
        sent = {"channel": "fcm", "result": PushResult.ACCEPTED, "chunk_id": 1, "attempts": 1}
        with station.services.database.write() as uow:
            for number in range(1, phones + 1):
                at = made_at + timedelta(seconds=0.25, milliseconds=10 * (number - 1))
                uow.connection.execute(insert(deliveries).values(key | sent | {"device": number, "at": at}))
            for number in range(1, confirmed + 1):
                at = made_at + timedelta(seconds=1, milliseconds=100 * number)
                values = key | {"event": Event.RECEIVED, "device": number, "at": at}
                uow.connection.execute(insert(receipts).values(values))
        while proof.sum_up(station.services):
            pass
        return journey

    return tell


def test_the_office_sees_each_step_its_length_and_what_became_of_it(enter, live, told):
    journey = told(live, phones=100, confirmed=4)
    web = enter(Role.VIEWER)
    page = web.get("/office/proof").text
    assert "レベル４土砂災害危険警報 発表" in page
    assert "9月1日 12:00:00.2" in page  # the first push
    assert "0.25秒 ／ 0.25秒" in page
    assert "1.2秒 ／ 1.2秒" in page  # the last
    detail = web.get(f"/office/proof/{journey.alert_id}/{journey.revision}").text
    assert "100台" in detail
    assert "4台" in detail
    assert "9月1日 12:00:01.1" in detail  # the first of four that confirmed
    assert "9月1日 12:00:01.2" in detail  # half of them
    assert journey.telegram_id in detail


def test_a_day_is_a_table_in_which_no_cell_is_a_formula(enter, live, told):
    told(live, phones=3, confirmed=0)
    web = enter(Role.VIEWER)
    answer = web.get("/office/proof.csv?day=2026-09-01")
    assert answer.headers["content-disposition"] == 'attachment; filename="proof-live-2026-09-01.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (row,) = (one for one in rows if one["accepted"] == "3")
    assert (row["first_sent_seconds"], row["last_sent_seconds"], row["received_seconds"]) == ("0.250", "0.270", "")
    assert list(csv.DictReader(io.StringIO(web.get("/office/proof.csv?day=2026-08-31").text))) == []


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_refused_in_words(enter, day):
    answer = enter(Role.VIEWER).get(f"/office/proof?day={day}")
    assert answer.status_code == 422
    assert "日付を選んでください" in answer.text


def test_an_unknown_revision_is_refused_in_words(enter):
    web = enter(Role.VIEWER)
    for address in ("/office/proof/a0/1", "/office/proof/a0/99999999999"):
        answer = web.get(address)
        assert (answer.status_code, "一覧から選び直してください" in answer.text) == (404, True)


def test_r1_everybody_reads_of_the_live_world_and_never_of_a_drill(enter, client, drill, told):
    told(drill, phones=200, confirmed=0)
    assert "【訓練】" in enter(Role.VIEWER).get("/office/drill/proof").text
    assert client.get("/v1/proof").json()["journeys"] == []
    assert "土砂災害" not in client.get("/proof").text
    assert client.get("/v1/drill/proof").status_code == 404


def public(client, eventually):
    eventually(lambda: client.get("/v1/proof").json()["journeys"])
    answer = client.get("/v1/proof").json()
    (journey,) = answer["journeys"]
    return answer, journey


def test_few_phones_are_not_counted_out_in_public(client, live, told, eventually):
    told(live, phones=19, confirmed=19)
    answer, journey = public(client, eventually)
    assert journey["first_sent_at"] == "2026-09-01T12:00:00+09:00"
    withheld = ("accepted", "received", "last_sent_at", "median_received_at", "p99_received_at")
    assert {journey[name] for name in withheld} == {None}
    assert {leg["leg"] for day in answer["days"] for leg in day["legs"]} == {"seen", "decided", "first_sent"}
    assert "20台未満" in client.get("/proof").text


def test_many_phones_are_said_in_tens_and_by_quantiles(client, live, told, eventually):
    told(live, phones=137, confirmed=104)
    answer, journey = public(client, eventually)
    assert (journey["accepted"], journey["received"]) == (130, 100)
    assert journey["median_received_at"] == "2026-09-01T12:00:06+09:00"
    assert journey["p99_received_at"] == "2026-09-01T12:00:11+09:00"
    assert {leg["leg"]: leg["p50"] for leg in answer["days"][0]["legs"]}["last_sent"] == 1.61
    page = client.get("/proof").text
    assert "約130台" in page
    assert "137" not in page


@pytest.mark.parametrize("address", ["/v1/proof", "/proof"])
def test_everybody_gets_prepared_bytes_with_an_etag(client, live, told, eventually, address):
    told(live, phones=30, confirmed=0)
    public(client, eventually)
    answer = client.get(address)
    assert answer.headers["cache-control"].startswith("public, max-age=5")
    assert client.get(address, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_r30_without_the_database_everybody_gets_what_was_known_as_stale(client, live, told, eventually):
    told(live, phones=30, confirmed=0)
    public(client, eventually)
    live.lose_database()
    eventually(lambda: client.get("/v1/proof").json()["stale"])
    assert client.get("/v1/proof").json()["journeys"]
    assert "情報が古い可能性があります" in client.get("/proof").text


def test_what_confirms_late_is_added_up_again_and_not_for_ever(live, told):
    journey = told(live, phones=30, confirmed=0)
    late = {"alert_id": journey.alert_id, "revision": journey.revision, "event": Event.RECEIVED, "device": 5}
    with live.services.database.write() as uow:
        uow.connection.execute(insert(receipts).values(late | {"at": live.clock.now()}))
    assert proof.sum_up(live.services) == 0
    live.clock.forward(minutes=1)
    assert proof.sum_up(live.services) == 1
    assert proof.one(live.services, journey.alert_id, journey.revision).sums.received == 1
    for _ in range(24):
        live.clock.forward(hours=2)
        proof.sum_up(live.services)
    with live.services.database.read() as uow:
        assert uow.connection.scalar(select(func.count()).where(proofs.c.due_at.is_not(None))) == 0


def test_what_is_still_being_told_has_no_sums_and_is_not_public(client, live, told, eventually):
    told(live, phones=30, confirmed=0)
    public(client, eventually)
    live.clock.forward(minutes=20)
    live.send("VPWW56", Stated("49"), Stated("39"))
    (newest, *_) = proof.of_day(live.services, live.clock.now().date())
    assert newest.sums is None or newest.decided_at != live.clock.now()
    assert len(client.get("/v1/proof").json()["journeys"]) == 1
