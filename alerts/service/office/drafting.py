"""Drafts: begun, saved as they are written, handed to another person, or put away (issue 8.2, R8, R19)."""

from collections.abc import Callable
from secrets import token_hex

from alerts.alert import Change
from alerts.office.content import Content
from alerts.office.draft import Draft, DraftError, DraftState, OvertakenError
from alerts.office.follow import follow
from alerts.office.lint import Finding, Gravity, refuses
from alerts.service.office.acts import note, person
from alerts.service.office.around import check
from alerts.service.office.sealing import sealed
from alerts.service.people.acting import Actor
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork

_ID_BYTES = 12
_FORGOTTEN = 24  # times as long as a draft may be untouched before it must be looked at again


class UnknownDraftError(LookupError):
    """No draft of this world has the id."""


class FaultyDraftError(DraftError):
    """The check found what must not go out; `findings` says what, for the form."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Names the first error."""
        super().__init__(next(one.message for one in findings if one.gravity is Gravity.ERROR))
        self.findings = findings


def begin(
    services: Services, actor: Actor, content: Content, change: Change = Change.ISSUE, alert_id: str | None = None
) -> Draft:
    """A new draft. Raises `DraftError`, also for a change of an alert that does not hold."""

    def work(uow: UnitOfWork) -> Draft:
        now, by = services.clock.now(), person(actor)
        draft = Draft(
            id=f"d{token_hex(_ID_BYTES)}",
            version=1,
            change=change,
            alert_id=alert_id,
            content=content,
            author=by,
            edited_by=by,
            began_at=now,
            edited_at=now,
            writers=frozenset({by}),
        )
        _check_step(uow, draft)
        uow.office.begin(draft)
        note(uow, actor, "begin", draft, now)
        return draft

    return run(services.database, work)


def save(services: Services, draft_id: str, actor: Actor, content: Content, seen: int) -> Draft:
    """What was written since version `seen`. Raises `OvertakenError` if somebody else was faster, `DraftError`.

    Pages save each few seconds: the book says what was submitted, and of a saving only that it voided that.
    """

    def change(uow: UnitOfWork, was: Draft) -> Draft:
        now = services.clock.now()
        saved = was.saved(content, person(actor), seen, now)
        if was.state is DraftState.SUBMITTED:
            note(uow, actor, "void", was, now, seal=was.seal)
        return saved

    return _changed(services, draft_id, change)


def discard(services: Services, draft_id: str, actor: Actor) -> Draft:
    """Puts a draft away; it is kept, closed."""

    def change(uow: UnitOfWork, was: Draft) -> Draft:
        note(uow, actor, "discard", was, services.clock.now())
        return was.closed(DraftState.DISCARDED)

    return _changed(services, draft_id, change)


def send_back(services: Services, draft_id: str, actor: Actor, why: str) -> Draft:
    """An approver does not let it out; its writers go on with it. Raises `DraftError`."""

    def change(uow: UnitOfWork, was: Draft) -> Draft:
        note(uow, actor, "send_back", was, services.clock.now(), seal=was.seal, reason=why)
        return was.sent_back()

    return _changed(services, draft_id, change)


def submit(services: Services, draft_id: str, actor: Actor, seen: int) -> Draft:
    """Hands version `seen` to another person. Raises `FaultyDraftError` where the check refuses it, `DraftError`."""

    def change(uow: UnitOfWork, was: Draft) -> Draft:
        if was.version != seen:
            raise OvertakenError(was)
        if was.state is DraftState.EDITING:
            refuse_faults(services, uow, was)
            _check_step(uow, was)
        now = services.clock.now()
        waiting = was.submitted(person(actor), sealed(services, uow, was).seal, now)
        note(uow, actor, "submit", was, now, seal=waiting.seal)
        return waiting

    return _changed(services, draft_id, change)


def expire(services: Services) -> int:
    """Closes what nobody has touched for long (R19); how many."""
    before = services.clock.now() - services.pack.office.draft_lasts * _FORGOTTEN
    return run(services.database, lambda uow: uow.office.expire(before))


def the_draft(uow: UnitOfWork, draft_id: str) -> Draft:
    """One draft; raises `UnknownDraftError`."""
    found = uow.office.draft(draft_id)
    if found is None:
        raise UnknownDraftError(f"no draft has the id {draft_id}")
    return found


def refuse_faults(services: Services, uow: UnitOfWork, draft: Draft) -> None:
    """Raises `FaultyDraftError` where the check finds an error (R8)."""
    findings = check(services, uow, draft)
    if refuses(findings):
        raise FaultyDraftError(findings)


def _changed(services: Services, draft_id: str, change: Callable[[UnitOfWork, Draft], Draft]) -> Draft:
    def work(uow: UnitOfWork) -> Draft:
        was = the_draft(uow, draft_id)
        draft = change(uow, was)
        if draft != was and not uow.office.change(draft, was):
            raise OvertakenError(the_draft(uow, draft_id))
        return draft

    return run(services.database, work)


def _check_step(uow: UnitOfWork, draft: Draft) -> None:
    """Raises `DraftError` for a change of what does not hold, or that the change cannot do (R19)."""
    if draft.alert_id is None:
        return
    before = uow.office.held(draft.alert_id)
    if before is None:
        raise DraftError("このお知らせは、もう発信中ではありません。発信中の一覧から選び直してください。")
    follow(draft.change, before, draft.content)
