"""A VPWS50 written by hand after JMA's schema: all of Japan in one table, here a quiet town and the city."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.telegram import kinds
from alerts.telegram.composition import Stated

_KIND = "<Kind><Name>{name}</Name><Code>{code}</Code><Status>{status}</Status></Kind>"
_NOTHING = "<Kind><Status>発表警報・注意報はなし</Status></Kind>"
_ITEM = "<Item>{kinds}<Area><Name>{name}</Name><Code>{code}</Code></Area></Item>"
_TELEGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/">
<Control><Title>気象警報・注意報（Ｒ０６）（集約通報）</Title><DateTime>{utc}</DateTime><Status>{status}</Status>
<EditorialOffice>気象庁本庁</EditorialOffice><PublishingOffice>気象庁</PublishingOffice></Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>警戒・注意事項集約定時通報</Title>
<ReportDateTime>{utc}</ReportDateTime><TargetDateTime>{utc}</TargetDateTime><EventID/><InfoType>{info_type}</InfoType>
<Serial/><InfoKind>気象警報・注意報</InfoKind><InfoKindVersion>1.5_0</InfoKindVersion><Headline><Text/></Headline></Head>
<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/">
<Warning type="気象警報・注意報（市町村等）">{items}</Warning></Body></Report>"""


def compose_snapshot(
    stated: Mapping[str, Sequence[Stated]],
    municipality: str,
    issued_at: datetime,
    *,
    status: str = "通常",
    info_type: str = "発表",
) -> bytes:
    """`stated` is what the seven telegrams say of the city, by their type."""
    said = [(telegram_type, one) for telegram_type, every in stated.items() for one in every]
    city = "".join(
        _KIND.format(
            name=kind.name if (kind := kinds.find(type_, one.code)) else "？", code=one.code, status=one.status
        )
        for type_, one in said
    )
    items = _ITEM.format(kinds=_NOTHING, name="那覇市", code="4720100")
    items += _ITEM.format(kinds=city or _NOTHING, name="大東市", code=municipality)
    utc = f"{issued_at:%Y-%m-%dT%H:%M:%SZ}"
    return _TELEGRAM.format(utc=utc, status=status, info_type=info_type, items=items).encode()
