"""The tree that is being mutated, and where a blow would hurt."""

from random import Random

from lxml import etree

from alerts.city.codes import CityCodes

_AIMED = 0.5  # of the picks
_ENVELOPE = ("Control", "Head")


class Target:
    """A telegram as a tree. `city` tells which parts matter."""

    def __init__(self, root: etree._Element, city: CityCodes) -> None:
        self.root = root
        own = {city.municipality, city.class10, city.office, city.quake_region, city.tsunami_region, *city.rivers}
        self._aims = _envelope(root) + _around(root, own)
        self._all = root.findall(".//*")

    def pick(self, random: Random) -> etree._Element | None:
        """Any element but the root, half of the time one of the envelope or of the city's own parts."""
        aimed = self._aims if random.random() < _AIMED else self._all
        for among in (aimed, self._all):
            element = random.choice(among) if among else None
            if element is not None and element.getparent() is not None:  # else it was dropped by now
                return element
        return None

    def pick_text(self, random: Random) -> etree._Element | None:
        """An element with a text of its own."""
        for _ in range(20):
            element = self.pick(random)
            if element is not None and (element.text or "").strip():
                return element
        return None


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def label(element: etree._Element) -> str:
    """`Item/Kind/Code`: the end of its path, for the list of steps."""
    path = [local(each) for each in (element, *element.iterancestors())][:3]
    return "/".join(reversed(path))


def _envelope(root: etree._Element) -> list[etree._Element]:
    return [each for part in root if isinstance(part.tag, str) and local(part) in _ENVELOPE for each in part]


def _around(root: etree._Element, codes: set[str]) -> list[etree._Element]:
    """The parts that bear one of the codes, with all that is in them."""
    found: list[etree._Element] = []
    for element in root.iter("{*}Code", "{*}CityCode"):
        if (element.text or "").strip() in codes:
            part = next(element.iterancestors("{*}Item"), element.getparent())
            if part is not None:
                found += part.iter("{*}*")
    return found
