"""What every JMA telegram says of itself before its subject: Control and Head (jma.md §2.1-2.4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Control/Status: what a telegram says of itself (R1). Anything but these three words is `unknown` and held."""

    ACTUAL = "actual"  # 通常
    EXERCISE = "exercise"  # 訓練
    TEST = "test"  # 試験
    UNKNOWN = "unknown"


class InfoType(StrEnum):
    """Head/InfoType (jma.md §2.3). 取消 (it was wrong) is not 解除 (it is over)."""

    ISSUE = "issue"  # 発表
    CORRECTION = "correction"  # 訂正
    DELAY = "delay"  # 遅延
    RETRACTION = "retraction"  # 取消
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Control and Head of one telegram. Times are aware; texts are stripped; what is absent or empty is None."""

    type: str | None  # VPWW55, or VXKO / VXSU where only the title says it; None if unknown
    title: str  # Control/Title, full-width as printed
    status: Status
    info_type: InfoType
    issued_at: datetime  # Control/DateTime: the send time, and the order within a unit (jma.md §2.4)
    reported_at: datetime | None
    target_at: datetime | None
    valid_until: datetime | None  # Head/ValidDateTime
    editorial_office: str
    publishing_office: str
    event_id: str | None
    serial: str | None
    head_title: str
    headline: str | None  # Headline/Text
    info_kind: str | None
    info_kind_version: str | None
    unit: str | None  # key of the independent unit of information (独立した情報単位); None for unknown types
