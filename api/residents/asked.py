"""The districts that a request asks for, by their ids or by groups of them."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import Query

from alerts.city.pack import CityPack
from api.problems import FieldError, ProblemError

Districts = Annotated[
    list[str],
    Query(max_length=20, description="Ids of districts or groups; none: the whole city."),
]


def asked_districts(pack: CityPack, names: Iterable[str]) -> frozenset[str]:
    """The ids of the districts meant; none asked for means the whole city. Raises `ProblemError` for an unknown one."""
    ids = {district.id for district in pack.districts}
    found: set[str] = set()
    for name in names:
        if name in pack.groups:
            found.update(pack.groups[name].districts)
        elif name in ids:
            found.add(name)
        else:
            raise _unknown(name)
    return frozenset(found)


def _unknown(name: str) -> ProblemError:
    message = f"{name} is neither a district nor a group of this city; see /v1/districts"
    return ProblemError("invalid-request", message, errors=(FieldError(field="query.district", message=message),))
