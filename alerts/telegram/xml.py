"""Bytes from outside become an XML tree, or are refused with the reason: no entities, no DTD, no network, no giants."""

from lxml import etree

from alerts.telegram.layout import REPORT

MAX_BYTES = 8 * 1024 * 1024  # the largest telegram, VPWS50 of all Japan, has up to 6 MB (jma.md §3.3)

_ROOT = f"{{{REPORT}}}Report"
_MAX_REASON = 200


class BrokenTelegramError(ValueError):
    """The bytes are not a whole JMA telegram; `reason` is one sentence for an operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(raw: bytes) -> etree._Element:
    """The `Report` element of a telegram, without comments and processing instructions.

    Raises `BrokenTelegramError` for anything but well-formed XML of at most `MAX_BYTES` with that root and no DTD.
    """
    if len(raw) > MAX_BYTES:
        raise BrokenTelegramError(f"Refused: {len(raw):,} bytes, more than the {MAX_BYTES:,} a telegram may have.")
    # One parser a call: lxml shares one among threads only under a lock.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise BrokenTelegramError(f"Not well-formed XML: {str(error)[:_MAX_REASON]}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenTelegramError("Refused: a JMA telegram has no DTD and no entities.")
    if root.tag != _ROOT:
        raise BrokenTelegramError(f"Not a JMA telegram: its root is {str(root.tag)[:_MAX_REASON]}, not {_ROOT}.")
    return root
