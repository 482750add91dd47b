"""A draft goes out: approved by another person, by one alone when nobody came, or as it was prepared (R2, R5, R6)."""

from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError

from alerts.alert import Change, Revision
from alerts.office.approval import ApprovalError, may_approve, may_break_glass, needs_approval
from alerts.office.draft import Draft, DraftError, DraftState
from alerts.service.issue import publish_all
from alerts.service.office.acts import note, person
from alerts.service.office.drafting import refuse_faults, the_draft
from alerts.service.office.revising import Revising, moved, revision
from alerts.service.office.sealing import sealed
from alerts.service.people.acting import Actor
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.office import Sending
from alerts.store.unit_of_work import UnitOfWork

SITUATION = "situation"


@dataclass(frozen=True, slots=True)
class LetOut:
    """Who lets it out, and how."""

    by: Actor
    verb: str  # in the book
    alone: bool = False
    reason: str | None = None


def approve(services: Services, draft_id: str, actor: Actor, seal: str) -> Revision:
    """Another person's word for exactly what the seal covers: it is sent. Raises `ApprovalError`, `DraftError`."""

    def work(uow: UnitOfWork) -> Revision:
        draft, rules = the_draft(uow, draft_id), services.pack.office.approval
        may_approve(draft, person(actor), seal, rules, services.clock.now())
        _refuse_what_differs(services, uow, draft)
        return _send(services, uow, draft, LetOut(actor, "approve"))

    return run(services.database, work, retry_on=(IntegrityError,))


def break_glass(services: Services, draft_id: str, actor: Actor, seal: str, reason: str) -> Revision:
    """One officer alone, when nobody came: reviewed templates only, with a reason (R6). Raises as `approve`."""

    def work(uow: UnitOfWork) -> Revision:
        draft, rules, now = the_draft(uow, draft_id), services.pack.office.approval, services.clock.now()
        may_break_glass(draft, seal, reason, rules, now)
        _refuse_what_differs(services, uow, draft)
        sent = _send(services, uow, draft, LetOut(actor, "alone", alone=True, reason=reason.strip()))
        text = f"{actor.name} sent alert {sent.alert_id} revision {sent.number} alone: {reason.strip()}"
        uow.alarms.raise_(f"alone:{sent.alert_id}:{sent.number}", "alone", text, now)
        return sent

    return run(services.database, work, retry_on=(IntegrityError,))


def send_prepared(services: Services, alert_id: str, change: Change, actor: Actor, seen: int) -> Revision:
    """A correction or retraction exactly as it was prepared after revision `seen`: one officer is enough (R5).

    Raises `ApprovalError` for any other change, `DraftError` where somebody was faster: a second click sends nothing.
    """

    def work(uow: UnitOfWork) -> Revision:
        draft = prepared_draft(services, uow, alert_id, change, person(actor))
        alert = uow.alerts.get(alert_id)
        if alert is None or alert.last_revision != seen:
            raise DraftError("ほかの人が先に操作しました。発信中の一覧で、最新の状態を確認してください。")
        uow.office.begin(draft)
        return _send(services, uow, draft, LetOut(actor, "prepared", alone=True))

    return run(services.database, work, retry_on=(IntegrityError,))


def prepared_draft(services: Services, uow: UnitOfWork, alert_id: str, change: Change, officer_id: str) -> Draft:
    """A correction or retraction of what holds, word for word. Raises `ApprovalError`, `DraftError`.

    It is named by the revision that it follows: of two clicks one meets the key.
    """
    held, alert, now = uow.office.held(alert_id), uow.alerts.get(alert_id), services.clock.now()
    if held is None or alert is None:
        raise DraftError("このお知らせは、もう発信中ではありません。発信中の一覧から選び直してください。")
    if needs_approval(change, held, held):
        raise ApprovalError("この操作には承認が必要です。下書きを作成し、承認を依頼してください。")
    by, draft_id = officer_id, f"p{alert.id}-{alert.last_revision}-{change}"
    return Draft(draft_id, 1, change, alert.id, held, by, by, now, now, writers=frozenset({by}))


def _refuse_what_differs(services: Services, uow: UnitOfWork, draft: Draft) -> None:
    """The same draft may say something else by now: a place has another name, the city another rule (R2)."""
    if sealed(services, uow, draft).seal != draft.seal:
        raise ApprovalError(
            "承認を依頼した後に、市の設定や施設の名称が変わりました。編集に戻し、内容を確認してもう一度依頼してください。"
        )


def _send(services: Services, uow: UnitOfWork, draft: Draft, let_out: LetOut) -> Revision:
    """Alert, revision, chunks, who let it out, and the end of the draft: together or not at all."""
    now = services.clock.now()
    before = uow.office.held(draft.alert_id) if draft.alert_id else None
    if draft.change not in {Change.END, Change.RETRACT, Change.CORRECT}:
        refuse_faults(services, uow, draft)
    seal = sealed(services, uow, draft).seal
    revising = Revising(services, uow, draft, before)
    alert = moved(revising)
    uow.alerts.save(alert)
    (published,) = publish_all(services, uow, [revision(revising, alert)], now)
    holds = revising.step.holds
    if holds is None:
        uow.office.drop(alert.id)
    else:
        uow.office.hold(alert.id, holds)
    uow.office.sent(
        Sending(
            alert.id,
            published.number,
            draft.id,
            seal,
            draft.writers,
            person(let_out.by),
            let_out.alone,
            let_out.reason,
            now,
        )
    )
    if not uow.office.change(replace(draft, state=DraftState.SENT), draft):
        raise DraftError("この下書きは、すでに発信されました。発信中の一覧を確認してください。")
    note(
        uow,
        let_out.by,
        let_out.verb,
        draft,
        now,
        sent=alert.id,
        revision=published.number,
        seal=seal,
        reason=let_out.reason,
    )
    uow.versions.bump(SITUATION, now)
    return published
