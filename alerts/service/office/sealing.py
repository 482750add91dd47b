"""The seal of a draft as it stands: what is shown to the approver is what is sent (R2)."""

from alerts.office.draft import Draft
from alerts.office.seal import Sealed
from alerts.service.office.saying import said, spoken
from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork


def sealed(services: Services, uow: UnitOfWork, draft: Draft) -> Sealed:
    """Everything that would happen. The texts name the time of the last edit in place of that of the sending."""
    before = uow.office.held(draft.alert_id) if draft.alert_id else None
    words = spoken(services, said(services, uow, draft.change, draft.content, draft.edited_at))
    return Sealed(
        world=services.world.name,
        draft=draft.id,
        version=draft.version,
        change=draft.change,
        alert_id=draft.alert_id,
        content=draft.content,
        urgency=services.pack.office.urgency(draft.content.template, draft.change, before.template if before else None),
        texts={tag: one.text for tag, one in words.items()},
    )
