"""Losses in the tree: something is gone, hidden or swollen beyond use. Each returns what it did."""

from random import Random

from lxml import etree

from bosai.fuzz.target import Target, label, local

_NOTHING = "nothing to hit"
_DEPTHS = (1, 3, 30, 200, 300, 1000)  # libxml2 refuses more than 256
_SIZES = (100, 10_000, 1_000_000, 3_000_000)  # characters; no telegram may have more than 8 MiB
_SIZE_WEIGHTS = (60, 30, 8, 2)  # giants are slow and all alike
_WRAPPERS = ("{urn:strange}Item", "Strange", "{urn:strange}Kind")


def drop(target: Target, random: Random) -> str:
    """The element with all that is in it."""
    element = target.pick(random)
    parent = None if element is None else element.getparent()
    if element is None or parent is None:
        return _NOTHING
    step = f"drop {label(element)}"
    parent.remove(element)
    return step


def empty(target: Target, random: Random) -> str:
    """The element stays, with nothing in it."""
    element = target.pick(random)
    if element is None:
        return _NOTHING
    step = f"empty {label(element)}"
    element[:], element.text = [], None
    return step


def rename(target: Target, random: Random) -> str:
    """The element under another name or another namespace."""
    element = target.pick(random)
    if element is None:
        return _NOTHING
    step = f"rename {label(element)}"
    element.tag = random.choice((f"{element.tag}s", f"{{urn:strange}}{local(element)}", local(element)))
    return step


def drop_attribute(target: Target, random: Random) -> str:
    """One attribute less, such as the `type` that tells layers apart."""
    having = [each for each in target.root.iter("{*}*") if each.attrib]
    if not having:
        return _NOTHING
    element = random.choice(having)
    name = str(random.choice(list(element.attrib)))
    del element.attrib[name]
    return f"drop @{name} of {label(element)}"


def bury(target: Target, random: Random) -> str:
    """The element under wrappers, strange ones or more of itself."""
    element = target.pick(random)
    parent = None if element is None else element.getparent()
    if element is None or parent is None:
        return _NOTHING
    depth, tag = random.choice(_DEPTHS), random.choice((*_WRAPPERS, str(element.tag)))
    step = f"bury {label(element)} {depth} deep"
    outer = inner = etree.Element(tag)
    for _ in range(depth - 1):
        inner = etree.SubElement(inner, tag)
    parent.replace(element, outer)
    inner.append(element)
    return step


def blow_up(target: Target, random: Random) -> str:
    """A text many times over: a code becomes none, a sentence a giant."""
    element = target.pick_text(random)
    if element is None or not element.text:
        return _NOTHING
    (size,) = random.choices(_SIZES, _SIZE_WEIGHTS)
    element.text = element.text * (size // len(element.text) + 2)
    return f"blow up {label(element)} to {size}"
