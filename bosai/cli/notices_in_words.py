"""What a telegram says about the city and what is told of it, in Japanese sentences for an officer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from alerts.alert import Urgency
from alerts.city.pack import CityPack
from alerts.explain import Explanation, WouldPush
from alerts.situation import notices_in_force
from alerts.telegram.notice import Notice, NoticeState
from alerts.telegram.reading import Reading
from alerts.wording.family import kind_keys
from alerts.wording.phrases import OFFICIAL, PhraseTable
from alerts.wording.tables import Wording

_LOUDNESS = {
    Urgency.CRITICAL: "最も緊急の通知（おやすみ時間でも鳴ります）",
    Urgency.HIGH: "緊急の通知（音が鳴ります）",
    Urgency.NORMAL: "ふつうの通知（希望した人だけに届きます）",
}


def notices_in_words(reading: Reading, city: str) -> Iterator[str]:
    """What is in force, what is over, or that there is nothing."""
    in_force = [notice for notice in reading.notices if notice.state is NoticeState.IN_FORCE]
    ended = [notice for notice in reading.notices if notice.state is NoticeState.ENDED]
    if in_force:
        yield f"{city}について、{listed(in_force)}を伝えています。"
    if ended:
        yield f"{city}の{listed(ended)}は、解除または終了になりました。前に知らせた人にだけ、そのことを知らせます。"
    if not reading.notices:
        yield f"{city}に当てはまる警報や情報はありません。"
        yield "前に知らせたものがあれば、受け取った人にだけ、終わったことを知らせます。"


def pushes_in_words(explanation: Explanation, pack: CityPack) -> Iterator[str]:
    """Who would be told of it and how loudly, and what is only shown."""
    in_force, told = notices_in_force(explanation.reading), {push.hazard for push in explanation.pushes}
    together: dict[tuple[str, Urgency], list[Notice]] = defaultdict(list)
    for push in explanation.pushes:
        together[_where(push, pack), push.urgency].append(in_force[push.hazard])
    for (where, urgency), notices in together.items():
        yield f"{listed(notices)}は、まだ知らせていなければ、{where}に{_LOUDNESS[urgency]}で知らせます。"
    quiet = [notice for hazard, notice in in_force.items() if hazard not in told]
    if quiet:
        yield f"{listed(quiet)}は、市の決まりで通知しないことになっているので、アプリに表示するだけです。"


def _where(push: WouldPush, pack: CityPack) -> str:
    if push.districts is None or len(push.districts) == len(pack.districts):
        return f"{pack.codes.name}の全域"
    return f"{pack.codes.name}の{len(pack.districts)}地区のうち{len(push.districts)}地区"


def listed(notices: Iterable[Notice]) -> str:
    """Their names in brackets, each once."""
    return "".join(dict.fromkeys(f"「{_name(notice)}」" for notice in notices))


def _name(notice: Notice) -> str:
    """As phones name it; JMA's own name where the phrases have none."""
    phrases = _japanese().phrases
    known = (phrases.get(key) for key in kind_keys(notice.hazard, notice.code, notice.level))
    return next((phrase.text for phrase in known if phrase), notice.name)


@cache
def _japanese() -> PhraseTable:
    return Wording.load().tables[OFFICIAL]
