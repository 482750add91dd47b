"""The history of alerts, page by page: nothing twice, nothing left out, and no empty page where nothing can be read."""

from datetime import timedelta

import pytest

from alerts.alert import Alert, AlertState, Change, Revision, Scope, Source, Tier, Urgency

ALERTS = 230


@pytest.fixture
def history(client, live, eventually) -> list[str]:
    """Ids of many alerts that are over, newest first; always two changed at the same moment."""
    made = [alert(live, number) for number in range(ALERTS)]
    with live.services.database.write() as uow:
        for one in made:
            uow.alerts.save(one)
            uow.alerts.add_revision(revision(one))
        uow.versions.bump("situation", live.clock.now())
    eventually(lambda: client.get("/v1/alerts").json()["alerts"])
    return [one.id for one in sorted(made, key=lambda one: (-one.updated_at.timestamp(), one.id))]


def alert(live, number: int) -> Alert:
    at = live.clock.now() - timedelta(hours=number // 2)
    kind = {"hazard": "landslide", "code": "49", "level": 4, "rank": 4, "name": "レベル４土砂災害危険警報"}
    ended = {"state": AlertState.ENDED, "told_rank": 0, "last_revision": 1, "since": at, "updated_at": at}
    return Alert(id=f"alert-{number:04d}", source=Source.JMA, chain=f"chain-{number}", **kind, **ended)


def revision(of: Alert) -> Revision:
    return Revision(
        alert_id=of.id,
        number=1,
        change=Change.ISSUE,
        hazard=of.hazard,
        code=of.code,
        level=of.level,
        rank=of.rank,
        name=of.name,
        urgency=Urgency.NONE,
        scope=Scope.EVERYONE,
        tiers=(Tier(None),),
        details=(),
        telegram_id=None,
        issued_at=of.since,
        created_at=of.since,
        expires_at=of.since + timedelta(hours=6),
        pushed=False,
        reason="made by a test",
    )


@pytest.mark.parametrize("limit", [None, 100, 7])
def test_the_pages_together_are_the_whole_history_in_order(client, history, limit):
    size = {} if limit is None else {"limit": limit}
    found, cursor = [], {}
    while True:
        page = client.get("/v1/alerts", params=size | cursor).json()
        assert len(page["alerts"]) <= (limit or 100)
        found += [one["id"] for one in page["alerts"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == history


def test_a_page_has_an_etag_as_every_read_has(client, history):
    older = {"cursor": client.get("/v1/alerts").json()["next"]}
    etag = client.get("/v1/alerts", params=older).headers["etag"]
    assert client.get("/v1/alerts", params=older, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"cursor": "nonsense"}, {"cursor": "x" * 201}])
def test_what_is_no_page_is_refused_by_name(client, wrong):
    answer = client.get("/v1/alerts", params=wrong)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, f"query.{next(iter(wrong))}")


def test_r30_older_alerts_that_cannot_be_read_are_not_denied(client, live, history, eventually):
    older = {"cursor": client.get("/v1/alerts").json()["next"]}
    live.lose_database()
    eventually(lambda: client.get("/v1/situation").json()["stale"])
    answer = client.get("/v1/alerts", params=older)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:bosai:problem:unavailable")
    assert len(client.get("/v1/alerts").json()["alerts"]) == 100
