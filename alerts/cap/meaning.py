"""What an alert is in CAP's words: status, type of message, category, response (conventions.md; CAP 1.2 §3.2)."""

from collections.abc import Mapping

from alerts.alert import Change, Revision
from alerts.wording.office_text import ORDERS, Template
from alerts.world import DrillWorld, LiveWorld, World

ACTUAL, EXERCISE = "Actual", "Exercise"
SCOPES: Mapping[str, str] = {ACTUAL: "Public", EXERCISE: "Restricted"}
"""The only pairs of status and scope there are: nobody may take a drill for something to pass on (R1)."""
RESTRICTION = "訓練（Exercise）です。訓練の参加者以外に伝えないでください。"
NOTES: Mapping[Change, str] = {
    Change.CORRECT: "訂正：先に伝えた内容を訂正します。",
    Change.RETRACT: "取消：先に伝えた内容は誤りでした。",
}
_CATEGORIES: Mapping[str, tuple[str, ...]] = {  # the others are weather
    **dict.fromkeys(("earthquake", "long_period_motion", "tsunami", "nankai_trough", "ashfall"), ("Geo",)),
    "landslide": ("Geo", "Met"),
    "heat": ("Met", "Health"),
    **dict.fromkeys((*ORDERS, Template.SHELTER_OPENING, Template.MISSING_PERSON), ("Safety",)),
    Template.LIFELINE: ("Infra",),
    Template.FREE: ("Other",),
}
_BY_LEVEL: Mapping[int, str] = {5: "Evacuate", 4: "Evacuate", 3: "Prepare"}  # 4: 危険な場所から全員避難
_SHELTER, _AVOID = dict.fromkeys((5, 3), "Shelter"), dict.fromkeys((5, 3), "Avoid")
_OWN: Mapping[str, Mapping[int, str]] = {  # hazards from which nobody flees as from water and slopes
    "tornado": _SHELTER,
    "storm": _SHELTER,
    "snowstorm": _SHELTER,
    "ashfall": _SHELTER,
    "heavy_snow": _AVOID,
    "short_heavy_snow": _AVOID,
    "high_waves": _AVOID,
    "heat": _AVOID,
    "tsunami": dict.fromkeys((5, 3, 2), "Evacuate"),
    "nankai_trough": dict.fromkeys((5, 4), "Prepare"),
    "earthquake": dict.fromkeys(range(5, 10), "Execute"),  # by 震度: what one has practised
    "long_period_motion": dict.fromkeys((3, 4), "Execute"),
    Template.SHELTER_OPENING: {2: "Shelter"},
}


def status_of(world: World) -> str:
    """Decided before anything else of a message: by the world, and by nothing that a telegram says (R1)."""
    match world:
        case LiveWorld():
            return ACTUAL
        case DrillWorld():
            return EXERCISE


def message_type(revision: Revision, *, first: bool) -> str:
    """Alert, Update or Cancel; an end is an update, since what was said was true (R18)."""
    if revision.change is Change.RETRACT:
        return "Cancel"
    return "Alert" if first else "Update"


def categories_of(hazard: str) -> tuple[str, ...]:
    """What kind of event a hazard is."""
    return _CATEGORIES.get(hazard, ("Met",))


def response_of(revision: Revision) -> str:
    """What its instruction asks for. JMA orders nobody to evacuate: it says that the situation calls for it."""
    if revision.change is Change.END:
        return "AllClear"
    if revision.change is Change.RETRACT:
        return "None"
    return _OWN.get(revision.hazard, _BY_LEVEL).get(revision.level or revision.rank, "Monitor")
