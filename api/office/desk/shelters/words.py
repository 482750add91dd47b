"""Japanese words of the desk's shelter pages; each refusal says what to do next."""

from collections.abc import Collection

from alerts.service.refuge import RefugePlace
from alerts.service.report_faults import FaultKind
from alerts.shelter.needs import Needs
from alerts.shelter.opening import TRANSITIONS, WITH_PEOPLE, Opening, OpeningState
from alerts.shelter.site import SITE_HAZARDS, SiteKind
from alerts.shelter.together import Turn
from api.office import words
from api.office.desk.shelters.filters import TAKING_IN
from api.office.passes.words import NOT_A_NUMBER, NOTES, STATES

__all__ = ["NOTES", "NOT_A_NUMBER", "STATES"]

HAZARDS = SITE_HAZARDS | {"landslide": "土砂災害"}
"""What the law calls 崖崩れ、土石流及び地滑り is said as the warnings say it."""

KINDS = {SiteKind.EMERGENCY_SITE: "指定緊急避難場所", SiteKind.SHELTER: "指定避難所"}

LETTERS = {
    OpeningState.NOT_OPENED: "未",
    OpeningState.OPENING: "準",
    OpeningState.OPEN: "開",
    OpeningState.FULL: "満",
    OpeningState.CLOSED: "閉",
    OpeningState.UNUSABLE: "×",
}
"""On the map, where a colour alone says nothing."""

FACTS = {
    "capacity": "受け入れられる人数",
    "floor": "使える階",
    "pets": "ペット",
    "wheelchair": "車いす",
    "nursing": "授乳・乳児",
    "note": "そのほか住民に知らせること",
}

FILTER_STATES = {TAKING_IN: "開設中（満員を含む）"} | {str(state): word for state, word in STATES.items()}

FAULTS = {
    FaultKind.UNKNOWN: "この施設は現在の一覧にないため、報告できませんでした。避難所の一覧を開き直してください。",
    FaultKind.NOT_YOURS: "この施設は報告できません。避難所の一覧を開き直してください。",
    FaultKind.REFUSED: "この報告は行われませんでした。いまの状況からは選べないか、人数が正しくありません。"
    "下の状況を確認して、もう一度操作してください。",
}

_READ = "住民のアプリには数秒で反映されます。"
FACTS_TOO_LONG = "報告は行われませんでした。1つの欄には200文字以内で、改行を入れずに入力してください。"
NOTHING_CHOSEN = "施設と、変更後の状況を選んで、もう一度操作してください。"
NOTHING_DECIDED = (
    "変更する施設が選ばれていません。"
    "指定のない施設も開設する場合は、その施設を1つずつ選んで、もう一度操作してください。"
)


def done(what: str, count: str) -> str | None:
    """After a form: one report, or a state that many got."""
    if what == "reported":
        return f"報告しました。{_READ}"
    if what in set(OpeningState) and count.isdecimal():
        return f"{int(count):,}か所を「{STATES[OpeningState(what)]}」にしました。{_READ}"
    return None


def hazards(keys: Collection[str]) -> str:
    """Their names, in the order of the law."""
    return "、".join(HAZARDS[key] for key in HAZARDS if key in keys)


def unfit(place: RefugePlace) -> str:
    """What speaks against sending people there now."""
    if SiteKind.EMERGENCY_SITE not in place.kinds:
        return (
            "指定緊急避難場所ではありません（指定避難所のみ）。危険が去るまでの避難先としては、住民に案内されません。"
        )
    return f"「{hazards(place.lacks)}」の指定緊急避難場所ではありません。"


def is_plain(place: RefugePlace) -> bool:
    """Whether being unfit is what everybody expects of it: a shelter alone, and nobody has opened it."""
    return SiteKind.EMERGENCY_SITE not in place.kinds and place.state not in WITH_PEOPLE


def who(opening: Opening) -> str:
    """Who reported last. What came by JSON, or before officers had names, was the office."""
    name = "" if opening.reporter == "office" else f" {opening.reporter}"
    return f"{'危機管理' if opening.by_office else '避難所'}{name}"


def what(opening: Opening) -> str:
    """A report in a few words."""
    people = "" if opening.occupancy is None else f"、避難者 {opening.occupancy:,}人"
    return f"「{STATES[opening.state]}」{people}"


def conflict(now: Opening | None) -> str:
    """Somebody was faster: what is true now, and what to do."""
    said = f"{words.clock(now.reported_at)}に{who(now)}が{what(now)}と報告しています。" if now else ""
    return (
        f"先に別の報告がありました。この報告は行われていません。{said}"
        "下の最新の状況を確認し、違うときはもう一度操作してください。"
    )


def undecided(places: Collection[RefugePlace]) -> str:
    """Places that are unfit for what is in force by now."""
    names = "、".join(place.site.name for place in places)
    return (
        f"報告は行われていません。{names}は、発表中の災害に対する指定緊急避難場所ではありません。"
        "それでも開設する場合は、下で1つずつ確認して、もう一度操作してください。"
    )


def overtaken(places: Collection[RefugePlace]) -> str:
    """Of many, these were reported meanwhile."""
    said = "、".join(
        f"{place.site.name}（{words.clock(now.reported_at)}に{who(now)}が{what(now)}と報告）"
        for place in places
        if (now := place.opening)
    )
    return (
        f"状況が変わったため、どの施設も変更していません。{f'先に別の報告があった施設：{said}。' if said else ''}"
        "下の最新の内容を確認して、もう一度操作してください。"
    )


def left(turn: Turn) -> str:
    """Why a facility is left alone when many are changed."""
    if turn.was is OpeningState.UNUSABLE:
        return "使用不可の施設は、まとめて変更できません。安全を確認してから、施設の画面で1か所ずつ変更してください。"
    possible = "、".join(f"「{STATES[state]}」" for state in STATES if state in TRANSITIONS[turn.was])
    return f"「{STATES[turn.was]}」から変更できるのは{possible}です。"


def in_force(needs: Needs) -> str:
    """What a place must be designated for now; empty where nothing asks for a place."""
    return hazards({*needs.designations, *needs.without_site})
