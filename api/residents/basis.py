"""What a world's answers depend on: two equal ones give the same bytes."""

from dataclasses import dataclass

from api.residents.freshness import Freshnesses
from api.residents.held import Held


@dataclass(frozen=True, slots=True)
class Basis:
    """The facts and their ages."""

    held: Held
    ages: Freshnesses
