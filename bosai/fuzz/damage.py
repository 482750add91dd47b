"""Damage to the tree that takes nothing out and puts no other words in. Each returns what it did."""

from copy import deepcopy
from random import Random

from lxml import etree

from bosai.fuzz.target import Target, label

_NOTHING = "nothing to hit"
_FEW, _SHORT = 3, 100  # children and characters: so small an element may come a thousand times
_STRANGE = ("{urn:strange}Item", "Strange", "{urn:strange}Kind")


def comment(target: Target, random: Random) -> str:
    """A comment or a processing instruction in the middle of a text: it must read as if it were not there."""
    element = target.pick_text(random)
    if element is None or not element.text:
        return _NOTHING
    at = random.randrange(len(element.text) + 1)
    mark = random.choice((etree.Comment(" 特別警報 "), etree.PI("strange", "specially")))
    mark.tail, element.text = element.text[at:], element.text[:at]
    element.insert(0, mark)
    return f"comment in {label(element)}"


def pad(target: Target, random: Random) -> str:
    """Blanks and line breaks around a text."""
    element = target.pick_text(random)
    if element is None:
        return _NOTHING
    blanks = random.choice((" ", "\n\t", "\r\n  ")) * random.choice((1, 1000))
    element.text = f"{blanks}{element.text}{blanks}"
    return f"pad {label(element)}"


def double(target: Target, random: Random) -> str:
    """The same element again, right after itself, up to a thousand times where it is small."""
    element = target.pick(random)
    if element is None:
        return _NOTHING
    short = len(element) <= _FEW and len(element.text or "") <= _SHORT
    times = random.choice((1, 1, 1, 3, 1000)) if short else 1
    if len(element.findall(".//*")) > _FEW:
        times = min(times, _FEW)  # or a whole Body a thousand times over: gigabytes of mutant
    for _ in range(times):
        element.addnext(deepcopy(element))
    return f"double {label(element)} x{times}"


def reorder(target: Target, random: Random) -> str:
    """The children in another order."""
    element = target.pick(random)
    if element is None:
        return _NOTHING
    parent = element if len(element) > 1 else element.getparent()
    if parent is None:
        return _NOTHING
    children = list(parent)
    random.shuffle(children)
    parent[:] = children
    return f"reorder {label(parent)}"


def insert(target: Target, random: Random) -> str:
    """An element that no schema knows, before any other."""
    element = target.pick(random)
    if element is None:
        return _NOTHING
    strange = etree.Element(random.choice(_STRANGE))
    strange.text = "33"
    element.addprevious(strange)
    return f"insert before {label(element)}"
