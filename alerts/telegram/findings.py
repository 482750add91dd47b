"""What a family's reader found in one telegram, before the telegram's status is weighed."""

from dataclasses import dataclass

from alerts.telegram.notice import Notice


@dataclass(frozen=True, slots=True)
class Findings:
    """What is said about the city; `hazards`, `unknown_codes` and `oddities` as in `Reading`.

    `remark` completes the sentence that begins with the telegram's type: `says about 大東市: 雷注意報`. If `broken`,
    it names the required element that is missing, and nothing else is filled.
    """

    remark: str
    notices: tuple[Notice, ...] = ()
    hazards: frozenset[str] = frozenset()
    unknown_codes: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    broken: bool = False
