"""An officer's content in words: names of places from the pack and the list of shelters, every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Change
from alerts.city.naming import named
from alerts.office.content import Content
from alerts.office.draft import DraftError
from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.site import Site
from alerts.store.unit_of_work import UnitOfWork
from alerts.wording.message import Text
from alerts.wording.office_text import OfficeText
from alerts.wording.places import Place


@dataclass(frozen=True, slots=True)
class Spoken:
    """What phones of one language get: perhaps another language that stands in (decision 14)."""

    said_in: str
    text: Text


def said(services: Services, uow: UnitOfWork, change: Change, content: Content, at: datetime) -> OfficeText:
    """The content with its names, as it is said at that time. Raises `DraftError` for a place that there is not."""
    return OfficeText(
        template=content.template,
        change=change,
        districts=None if content.districts is None else _districts(services, content.districts),
        issued_at=at,
        hazard=content.hazard,
        service=content.service,
        shelters=_shelters(in_use(services, uow), content.shelters),
        written=content.written,
    )


def spoken(services: Services, text: OfficeText) -> dict[str, Spoken]:
    """What phones of each language would show."""
    drill, city = services.is_drill, services.pack.codes
    said_in = ((tag, services.wording.office(text, tag, drill=drill, city=city)) for tag in services.wording.languages)
    return {tag: Spoken(*found) for tag, found in said_in}


def _districts(services: Services, ids: tuple[str, ...]) -> tuple[Place, ...]:
    pack = services.pack
    unknown = set(ids) - {district.id for district in pack.districts}
    if unknown:
        raise DraftError(
            f"この市にない地区が含まれています（{'、'.join(sorted(unknown))}）。地区を選び直してください。"
        )
    return named(ids, pack.districts, pack.layers, pack.groups)


def _shelters(sites: Sequence[Site], facilities: tuple[str, ...]) -> tuple[Place, ...]:
    known: Mapping[str, Site] = {site.facility: site for site in sites}
    unknown = [one for one in facilities if one not in known]
    if unknown:
        raise DraftError(f"一覧にない避難所が含まれています（{'、'.join(unknown)}）。避難所を選び直してください。")
    return tuple(Place(known[one].name, known[one].name_kana or "", known[one].name_en or "") for one in facilities)
