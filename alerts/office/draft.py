"""A draft: saved as it is written, seen by everybody in the office, gone when it is old (issue 8.2, R8, R19)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.alert import Change
from alerts.office.content import CHANGES, Content
from alerts.wording.office_text import ORDERS


class DraftState(StrEnum):
    """Where a draft stands. Only `editing` and `submitted` go on; the others are final."""

    EDITING = "editing"
    SUBMITTED = "submitted"  # waits for another person's approval
    SENT = "sent"
    DISCARDED = "discarded"
    EXPIRED = "expired"


OPEN = frozenset({DraftState.EDITING, DraftState.SUBMITTED})


class DraftError(ValueError):
    """What was asked of a draft does not fit where it stands; the message is Japanese and says what to do."""


class OvertakenError(DraftError):
    """Somebody else has saved the draft since it was opened; `theirs` is how it stands now."""

    def __init__(self, theirs: "Draft") -> None:
        """Keeps what the page shows beside what was typed."""
        super().__init__(
            "ほかの人が先にこの下書きを変更しました。最新の内容を確認し、必要な変更をもう一度入力してください。"
        )
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft of a revision. `version` counts its savings; an approval holds for one version and no other.

    A first alert has no `alert_id`. An update (`issue` once more: districts added, longer, other words), an end or a
    correction names the alert that it changes.
    """

    id: str
    version: int
    change: Change
    alert_id: str | None
    content: Content
    author: str  # officer id of whoever began it
    edited_by: str  # officer id of whoever saved it last: nobody approves what they wrote
    began_at: datetime
    edited_at: datetime
    state: DraftState = DraftState.EDITING
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    seal: str | None = None  # of exactly what was submitted (`alerts.office.seal`)
    writers: frozenset[str] = frozenset()  # officer ids of all who ever saved it

    def __post_init__(self) -> None:
        """Refuses a change that the kind cannot have. Raises `DraftError`."""
        if self.change not in CHANGES[self.content.template in ORDERS]:
            raise DraftError(
                "この種類のお知らせは、引き上げ・引き下げができません。終了してから、新しく出してください。"
            )
        if self.alert_id is None and self.change is not Change.ISSUE:
            raise DraftError("どのお知らせを変更するのかが分かりません。発信中のお知らせから選び直してください。")

    def saved(self, content: Content, by: str, seen: int, now: datetime) -> "Draft":
        """The draft with a new content; any edit voids what was submitted (issue 8.3). Raises `DraftError`."""
        if self.state not in OPEN:
            raise DraftError(_OVER[self.state])
        if seen != self.version:
            raise OvertakenError(self)
        if content == self.content and self.state is DraftState.EDITING:
            return self
        return replace(
            self,
            version=self.version + 1,
            content=content,
            edited_by=by,
            edited_at=now,
            writers=self.writers | {by},
            state=DraftState.EDITING,
            submitted_by=None,
            submitted_at=None,
            seal=None,
        )

    def submitted(self, by: str, seal: str, now: datetime) -> "Draft":
        """The draft waiting for another person. Raises `DraftError`."""
        if self.state is not DraftState.EDITING:
            raise DraftError(_OVER.get(self.state, "この下書きは、すでに承認を待っています。"))
        return replace(self, state=DraftState.SUBMITTED, submitted_by=by, submitted_at=now, seal=seal)

    def sent_back(self) -> "Draft":
        """The draft with its writers again, as it was submitted. Raises `DraftError` if it does not wait."""
        if self.state is not DraftState.SUBMITTED:
            raise DraftError(_OVER.get(self.state, "この下書きは、承認を待っていません。"))
        return replace(self, state=DraftState.EDITING, submitted_by=None, submitted_at=None, seal=None)

    def closed(self, state: DraftState) -> "Draft":
        """The draft put away. Raises `DraftError` if it is over already."""
        if self.state not in OPEN:
            raise DraftError(_OVER[self.state])
        return replace(self, state=state)

    def is_old_at(self, now: datetime, limit: timedelta) -> bool:
        """Whether nobody has touched it for too long: what was true then may not be now (R8)."""
        return now - self.edited_at > limit


_OVER = {
    DraftState.SENT: "この下書きは、すでに発信されました。変更するときは、発信中の一覧から「更新」を選んでください。",
    DraftState.DISCARDED: "この下書きは取り下げられました。新しく作成してください。",
    DraftState.EXPIRED: "この下書きは古くなったため閉じられました。いまの状況を確認し、新しく作成してください。",
}
