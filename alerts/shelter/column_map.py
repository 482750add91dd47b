"""Which column of a list holds what, and which of its words say yes: one description serves every layout with names."""

from collections.abc import Mapping
from dataclasses import dataclass

Spellings = tuple[tuple[str, ...], ...]
"""Alternatives, the best first; each is one column or several whose texts are joined."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What the cells of a yes-or-no column may say. A word that stands nowhere here is refused, never guessed."""

    yes: frozenset[str]
    no: frozenset[str]
    doubtful: frozenset[str] = frozenset()  # △: taken as not designated, and a person is told

    def knows(self, word: str) -> bool:
        """Whether the word stands here at all."""
        return word in self.yes or word in self.no or word in self.doubtful


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One layout of a list of emergency sites."""

    title: str
    columns: Mapping[str, Spellings]  # by field of `Site`
    hazards: Mapping[str, tuple[str, ...]]  # by key of SITE_HAZARDS; all the columns of one must say yes
    flags: Flags
    shelter: str | None = None  # the column that says that a place is a designated shelter too
    municipality: str | None = None  # the column with the code of the municipality
    separator: str = ";"  # between communities
    unread: frozenset[str] = frozenset()  # further columns that the layout has and nothing needs
    odd_yes: frozenset[str] = frozenset()  # yes-words that do not plainly say yes; told on every import

    @property
    def known(self) -> frozenset[str]:
        """Every column that the layout may have."""
        parts = (column for spellings in self.columns.values() for spelling in spellings for column in spelling)
        flagged = (column for columns in self.hazards.values() for column in columns)
        single = (column for column in (self.shelter, self.municipality) if column)
        return frozenset((*parts, *flagged, *single)) | self.unread
