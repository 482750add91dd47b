"""The start page in a real browser, at the width of a phone and of a desk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from alerts.telegram.composition import Stated

PHONE_WIDTH, DESK_WIDTH = 360, 1280
PHONE = {"address": {"kind": "token", "value": "a-token-of-a-phone"}, "platform": "ios", "districts": []}
OVERFLOWING = """() => [...document.querySelectorAll('body *')]
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.skip'))
    .map((node) => node.outerHTML.slice(0, 80))"""
CONTRASTS = """() => {
  const channel = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const style = getComputedStyle(at), colour = numbers(style.backgroundColor);
      if (style.backgroundImage !== "none") return [36, 80, 143]; // the lightest part of the phone's wallpaper
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
    if (!own || !node.offsetParent) continue;
    const [light, dark] = [luminance(numbers(getComputedStyle(node).color)), luminance(ground(node))].sort().reverse();
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) found.push([node.textContent.trim().slice(0, 40), contrast]);
  }
  return found;
}"""


@dataclass
class Visit:
    """A page and everything that went wrong on it."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", lambda message: self._said(message.type, message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.troubles.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.strangers.append(url)

    def go(self, path: str = "/") -> Page:
        self.page.goto(f"{self.address}{path}", wait_until="load")
        return self.page


@pytest.fixture(params=[PHONE_WIDTH, DESK_WIDTH], ids=["phone", "desk"])
def visit(request, browser: Browser, client) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    visit = Visit(page, str(client.base_url).rstrip("/"))
    visit.watch()
    yield visit
    page.close()
    assert visit.troubles == []
    assert visit.strangers == []


@pytest.fixture
def storm(client, live, drill, eventually) -> None:
    """Every level at once in the drill, told to a phone; a calm live world whose feeds are read."""
    client.post("/v1/drill/devices", json=PHONE)
    live.read_feeds()
    for kind, code in (("VPWW56", "39"), ("VPWW55", "43"), ("VPWW58", "05"), ("VPWW61", "14"), ("VPWW57", "19")):
        drill.clock.forward(seconds=30)
        drill.send(kind, Stated(code))
    eventually(lambda: len(client.get("/v1/drill/situation").json()["in_force"]) == 5)
    eventually(lambda: not client.get("/v1/situation").json()["stale"])


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_nothing_is_wider_than_the_screen(visit, storm, path):
    page = visit.go(path)
    page.wait_for_selector("main")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if path == "/":
        assert page.evaluate(OVERFLOWING) == []


def test_every_text_stands_out_from_its_ground(visit, storm):
    assert visit.go().evaluate(CONTRASTS) == []


def test_the_page_tells_the_calm_city_from_the_storm_of_the_drill(visit, storm):
    page = visit.go()
    assert "大東市に発表中の警報・注意報はありません" in page.locator("#live").inner_text()
    drill = page.locator("#drill")
    assert "実際の災害ではありません" in drill.inner_text()
    assert drill.locator(".hazard").count() == 5
    assert page.locator("#live .hazard").count() == 0


def test_every_level_is_said_in_words_and_has_its_official_colour(visit, storm):
    page = visit.go()
    badges = page.locator("#drill .badge")
    said = {badge.inner_text().replace("\n", ""): _ground(badge) for badge in badges.all()}
    assert said == {
        "警戒レベル5相当": "rgb(12, 0, 12)",
        "警戒レベル4相当": "rgb(170, 0, 170)",
        "警報": "rgb(255, 40, 0)",
        "警戒レベル2": "rgb(242, 231, 0)",
        "注意報": "rgb(242, 231, 0)",
    }


def _ground(badge) -> str:
    return badge.evaluate("node => getComputedStyle(node).backgroundColor")


def test_the_newest_notification_is_on_top_of_the_phone(visit, storm):
    titles = visit.go().locator(".push h3").all_inner_texts()
    assert len(titles) == 4
    assert "高潮" in titles[0]
    assert all(title.startswith("【訓練】") for title in titles)


def test_a_warning_appears_without_a_reload(visit, live, eventually, client):
    live.read_feeds()
    page = visit.go()
    page.evaluate("window.stillTheSamePage = true")
    live.send("VPWW56", Stated("49"))
    page.wait_for_selector("#live .hazard", timeout=20_000)
    assert "レベル４土砂災害危険警報" in page.locator("#live .hazard h3").inner_text()
    assert page.evaluate("window.stillTheSamePage") is True


def test_a_calm_service_shows_operators_no_alarm(visit, storm, drill):
    drill.alarm("held:1", "held")
    assert not visit.go().locator("#alarms").is_visible()


def test_open_alarms_of_the_live_world_appear_by_kind_without_a_reload(visit, storm, live):
    page = visit.go()
    for number in range(12):
        live.alarm(f"held:{number}", "held")
    live.alarm("stuck:1", "stuck")
    page.wait_for_selector("#alarms", state="visible", timeout=20_000)
    said = [" ".join(row.split()) for row in page.locator("#alarms li").all_inner_texts()]
    assert [row.split(" 最新")[0] for row in said] == ["解釈できず保留している電文 12件", "完了しない通知 1件"]
    assert "至急確認してください" in page.locator("#alarms").inner_text()
    assert page.evaluate(CONTRASTS) == []
    assert page.evaluate(OVERFLOWING) == []


def test_the_page_is_in_order_for_those_who_do_not_see_it(visit, storm):
    page = visit.go()
    assert page.evaluate("document.documentElement.lang") == "ja"
    assert page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map((node) => Number(node.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate("[...document.images].every((image) => image.hasAttribute('alt'))")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(set(ids)) == len(ids)
    named = page.evaluate(
        "[...document.querySelectorAll('[aria-labelledby]')].map((n) => n.getAttribute('aria-labelledby'))"
    )
    assert set(named) <= set(ids)


def test_the_keyboard_reaches_the_main_part_first(visit):
    page = visit.go()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ移動"
    page.keyboard.press("Enter")
    assert page.url.endswith("#now")


def test_the_documentation_works_without_the_internet(visit):
    page = visit.go("/docs")
    page.wait_for_selector(".opblock-summary-path", timeout=20_000)
    assert page.locator(".opblock").count() >= 20
    page.locator("#operations-live-post_v1_devices .opblock-summary").click()
    page.wait_for_selector("#operations-live-post_v1_devices .example")
    example = page.locator("#operations-live-post_v1_devices .example").first.inner_text()
    assert '"registered_at": "2026-' in example


def test_a_lost_server_is_said_on_the_page(visit, browser):
    page = visit.go()
    page.route("**/*", lambda route: route.abort())
    page.wait_for_selector(".refreshed.lost", timeout=20_000)
    assert "サーバーに接続できません" in page.locator("#refreshed").inner_text()
    visit.troubles.clear()  # the browser logs the request that failed
