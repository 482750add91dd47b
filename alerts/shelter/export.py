"""Writes the places as the standard's 指定緊急避難場所一覧, 39 columns, UTF-8 with BOM (city.md §2.2).

One row a facility, with 指定避難所との重複 where it is a designated shelter too; a shelter that is nothing else has a
row without hazards. What is read back is what was written.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from alerts.city.codes import CityCodes
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind
from alerts.shelter.standard import COLUMNS

_YES = "1"
_CHECK_WEIGHTS = (6, 5, 4, 3, 2)


def standard_csv(sites: Iterable[Site], codes: CityCodes) -> bytes:
    """The whole list."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows(_rows(tuple(sites), codes))
    return text.getvalue().encode("utf-8-sig")


def standard_name(codes: CityCodes) -> str:
    """The name that the standard gives the file."""
    return f"{six_digits(codes.code)}_evacuation_space.csv"


def six_digits(code: str) -> str:
    """全国地方公共団体コード with its check digit: 01100 is 011002."""
    total = sum(int(digit) * weight for digit, weight in zip(code, _CHECK_WEIGHTS, strict=True))
    return code + str((11 - total % 11) % 10)


def _rows(sites: Sequence[Site], codes: CityCodes) -> Iterator[dict[str, object]]:
    """A facility's first shelter is told in the row of its emergency site; a second one has a row of its own."""
    shelters = [site for site in sites if site.kind is SiteKind.SHELTER]
    told: set[str] = set()
    for site in sites:
        if site.kind is SiteKind.EMERGENCY_SITE:
            own = next((one for one in shelters if one.facility == site.facility and one.id not in told), None)
            told |= {own.id} if own and site.hazards else set()
            yield _row(site, codes, is_shelter=own is not None and bool(site.hazards))
    yield from (_row(shelter, codes, is_shelter=True) for shelter in shelters if shelter.id not in told)


def _row(site: Site, codes: CityCodes, *, is_shelter: bool) -> dict[str, object]:
    code = six_digits(codes.code)
    flags = {f"災害種別_{name}": _YES for hazard, name in SITE_HAZARDS.items() if hazard in site.hazards}
    return {
        "全国地方公共団体コード": code,
        "ID": site.id,
        "名称": site.name,
        "名称_カナ": site.name_kana or "",
        "名称_英字": site.name_en or "",
        "所在地_全国地方公共団体コード": code,
        "所在地_連結表記": site.address,
        "緯度": site.latitude,
        "経度": site.longitude,
        "電話番号": site.phone or "",
        "市区町村コード": code,
        "地方公共団体名": codes.prefecture + codes.name,
        **flags,
        "指定避難所との重複": _YES if is_shelter else "",
        "想定収容人数": "" if site.capacity is None else site.capacity,
        "対象となる町会・自治会": ";".join(site.communities),
        "URL": site.url or "",
        "備考": site.note or "",
    }
