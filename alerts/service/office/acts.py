"""What an officer does stands in the book of its world, in the transaction of the act (issue 8.11)."""

from datetime import datetime

from alerts.audit import State
from alerts.office.content import Content
from alerts.office.draft import Draft
from alerts.service.audit import record
from alerts.service.people.acting import Actor
from alerts.store.unit_of_work import UnitOfWork


def person(actor: Actor) -> str:
    """By what drafts and approvals know who acts: two people are two of these, whatever they are called."""
    return actor.officer_id or actor.name


def note(uow: UnitOfWork, actor: Actor, verb: str, draft: Draft, now: datetime, **more: str | int | None) -> None:
    """Writes `order.VERB` of a draft into the book, with exactly what it said."""
    after: State = {
        "draft": draft.id,
        "version": draft.version,
        "change": str(draft.change),
        "alert": draft.alert_id,
        **_content(draft.content),
        **more,
    }
    record(uow, actor, f"order.{verb}", None, after, now)


def _content(content: Content) -> State:
    return {
        "template": str(content.template),
        "districts": None if content.districts is None else list(content.districts),
        "expires_at": content.expires_at.isoformat(),
        "hazard": content.hazard,
        "service": content.service,
        "shelters": list(content.shelters),
        "written": content.written,
    }
