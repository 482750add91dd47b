"""The menu above every page of the office: what an officer may open, in the order in which he needs it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from alerts.people.role import Role, may

DESKS: Mapping[str, str] = {"live": "/office", "drill": "/office/drill"}
"""Where each world's desk is."""
TO_LIVE = f"{DESKS['live']}/live"
"""The page that asks who goes from the drill to the live desk."""
ORDERS, SHELTERS, SHELTER_LINKS, TELEGRAMS = "/orders", "/shelters", "/shelter-links", "/telegrams"
"""Below each desk: the office's own alerts, the places of refuge, and the links by which their staff report."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page. `role` None: for everybody who has logged in. `is_desk`: each world has its own, below its desk."""

    label: str
    path: str
    role: Role | None
    is_desk: bool = True


ENTRIES = (
    Entry("現在の状況", "", Role.VIEWER),
    Entry("発令・お知らせ", ORDERS, Role.VIEWER),
    Entry("避難所", SHELTERS, None),
    Entry("報告用リンク", SHELTER_LINKS, Role.SHELTER),
    Entry("配信の記録", "/proof", Role.VIEWER),
    Entry("電文", TELEGRAMS, Role.VIEWER),
    Entry("職員", "/office/people", None, is_desk=False),
    Entry("操作記録", "/office/audit", Role.ADMINISTRATOR, is_desk=False),
    Entry("自分の設定", "/office/account", None, is_desk=False),
)


def entries(world: str, held: Collection[Role]) -> Iterator[tuple[str, str]]:
    """Labels and addresses for somebody with these roles, in that world."""
    for entry in ENTRIES:
        if entry.role is None or may(held, entry.role):
            yield entry.label, f"{DESKS[world]}{entry.path}" if entry.is_desk else entry.path
    yield from _other_world(world, held)


def _other_world(world: str, held: Collection[Role]) -> Iterator[tuple[str, str]]:
    """Into the drill with one click; out of it by a page that asks."""
    if world == "drill":
        yield "本番へ移る", TO_LIVE
        return
    for entry in ENTRIES:
        if entry.is_desk and (entry.role is None or may(held, entry.role)):
            yield "訓練へ移る", f"{DESKS['drill']}{entry.path}"
            return
