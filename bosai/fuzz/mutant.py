"""One mutant of a telegram: what was done to it, repeatable from a seed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from lxml import etree

from alerts.city.codes import CityCodes
from bosai.fuzz import byte_damage, change, damage, loss
from bosai.fuzz.target import Target

_MOST_STEPS = 4
_IN_BYTES = 0.2  # of all mutants are made in the bytes, the rest in the tree
_NAMELESS = 0.05  # come under a name that holds no type


class Nature(StrEnum):
    """What a mutation may bring about, the mildest first; of several the last counts.

    `same` must not change the meaning at all, `damage` takes nothing away, `loss` takes something away, and `change`
    puts other words in: only such a mutant may say what the original does not.
    """

    SAME = "same"
    DAMAGE = "damage"
    LOSS = "loss"
    CHANGE = "change"


_ORDER = list(Nature)
TREE: tuple[tuple[Nature, Callable[[Target, Random], str]], ...] = (
    (Nature.SAME, damage.comment),
    (Nature.SAME, damage.pad),
    (Nature.DAMAGE, damage.double),
    (Nature.DAMAGE, damage.reorder),
    (Nature.DAMAGE, damage.insert),
    (Nature.LOSS, loss.drop),
    (Nature.LOSS, loss.empty),
    (Nature.LOSS, loss.rename),
    (Nature.LOSS, loss.drop_attribute),
    (Nature.LOSS, loss.bury),
    (Nature.LOSS, loss.blow_up),
    (Nature.CHANGE, change.known_code),
    (Nature.CHANGE, change.unknown_code),
    (Nature.CHANGE, change.word),
    (Nature.CHANGE, change.place),
    (Nature.CHANGE, change.attribute),
)
BYTES: tuple[tuple[Nature, Callable[[bytes, Random], tuple[bytes, str]]], ...] = (
    (Nature.SAME, byte_damage.reference),
    (Nature.LOSS, byte_damage.truncate),
    (Nature.LOSS, byte_damage.entity),
    (Nature.LOSS, byte_damage.bomb),
    (Nature.LOSS, byte_damage.encode),
    (Nature.LOSS, byte_damage.surround),
    (Nature.CHANGE, byte_damage.flip),
    (Nature.CHANGE, byte_damage.cut),
    (Nature.CHANGE, byte_damage.stuff),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """The bytes and the name that reach the reader, and what was done, a phrase a step."""

    raw: bytes
    file: str
    nature: Nature
    steps: tuple[str, ...]


def mutate(raw: bytes, file: str, city: CityCodes, random: Random) -> Mutant:
    """A mutant of a telegram; half of what is done hits the parts that speak of the city.

    The bytes must be well-formed. The same bytes, name, city and state of `random` give the same mutant.
    """
    name = "telegram.xml" if random.random() < _NAMELESS else file
    if random.random() < _IN_BYTES:
        nature, work = random.choice(BYTES)
        changed, step = work(raw, random)
        return Mutant(changed, name, nature, (step,))
    target = Target(etree.fromstring(raw), city)
    natures, steps = [], []
    for _ in range(random.randint(1, _MOST_STEPS)):
        nature, alter = random.choice(TREE)
        natures.append(nature)
        steps.append(alter(target, random))
    worst = max(natures, key=_ORDER.index)
    return Mutant(etree.tostring(target.root, encoding="UTF-8"), name, worst, tuple(steps))
