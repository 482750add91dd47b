"""Reads what the app shows but nobody is pushed: forecasts, outlooks, typhoons (contract.md, `display`)."""

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken


def read_display(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """Nothing about the city's hazards: a Kind that such a telegram repeats is no warning (VTSE51, jma.md §3.3)."""
    body = root.find("{*}Body")
    if body is None or not any(text.strip() for text in body.itertext()):
        return broken("has no Body or an empty one")
    return Findings(f"is shown in the app of {city.name} and never pushed: {envelope.head_title}")
