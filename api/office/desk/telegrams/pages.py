"""The held telegrams, one telegram with what it would do, and the simulator for any other."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.city.drills import UnknownDrillError, drill_names, load_drill
from alerts.people.role import Role, may
from alerts.service import held, held_decisions
from alerts.service.arrival import Incoming
from alerts.service.held_decisions import HeldTelegram
from alerts.service.people.sessions import Visitor
from alerts.service.simulate import simulate
from alerts.service.simulated import UnknownStepError, drill_step, raw_telegram
from alerts.service.simulation import Against, Simulation
from api.office.desk.desk import Desk
from api.office.desk.telegrams import words
from api.office.desk.telegrams.decisions import refused
from api.office.door import Posted
from api.office.forms import Fields
from api.office.menu import TELEGRAMS
from api.office.passes.said import number

_LISTED = 100
_LONGEST_XML_SHOWN = 200_000  # characters


def telegram_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()

    @router.get(TELEGRAMS)
    def read_telegrams(request: Request, visitor: Annotated[Visitor, Depends(desk.needs(Role.VIEWER))]) -> Response:
        """What is held and why, exercises of JMA, and the simulator's form."""
        return desk.render(
            request,
            "telegrams.html",
            visitor,
            held=held_decisions.listed(desk.services, _LISTED),
            exercises=held.exercises(desk.services, _LISTED),
            steps=list(_steps(desk)),
            said=words,
        )

    @router.post(f"{TELEGRAMS}/simulate")
    def simulate_given(request: Request, posted: Annotated[Posted, Depends(desk.posts(Role.VIEWER))]) -> Response:
        """What a pasted telegram or a step of a drill would do; nothing is changed, nobody is told."""
        incoming = _given(desk, posted.fields)
        return _page(desk, request, posted.visitor, incoming, against=_against(posted.fields.text("against")))

    @router.get(f"{TELEGRAMS}/stored")
    def read_telegram(request: Request, visitor: Annotated[Visitor, Depends(desk.needs(Role.VIEWER))]) -> Response:
        """A telegram as it came in: why it was held, and what it would do. Its id may be an address."""
        found = held_decisions.one(desk.services, request.query_params.get("id", ""))
        if found is None:
            raise refused(desk, 404, words.UNKNOWN)
        record = found.record
        incoming = Incoming(record.id, record.file, record.raw, record.seen_at)
        against = _against(request.query_params.get("against", ""))
        return _page(desk, request, visitor, incoming, against=against, found=found)

    return router


@dataclass(frozen=True, slots=True)
class Step:
    """A telegram of a drill that can be chosen."""

    value: str
    label: str


def _page(
    desk: Desk,
    request: Request,
    visitor: Visitor,
    incoming: Incoming,
    *,
    against: Against,
    found: HeldTelegram | None = None,
) -> Response:
    simulation: Simulation = simulate(desk.services, incoming, against)
    raw = incoming.raw.decode("utf-8", "replace")
    return desk.render(
        request,
        "telegram.html",
        visitor,
        found=found,
        incoming=incoming,
        simulation=simulation,
        xml=raw[:_LONGEST_XML_SHOWN],
        is_cut=len(raw) > _LONGEST_XML_SHOWN,
        names={district.id: district.name for district in desk.services.pack.districts},
        said=words,
        may_decide=may(visitor.officer.roles, Role.AUTHOR),
        done=words.DONE.get(request.query_params.get("done", "")) if request.method == "GET" else None,
    )


def _given(desk: Desk, fields: Fields) -> Incoming:
    name, _, step = fields.text("step").partition(" ")
    xml = fields.text("xml").strip()
    if xml:
        return raw_telegram(desk.services, xml.encode(), "pasted.xml")
    try:
        return drill_step(desk.services, name, number(step) or 0)
    except (UnknownDrillError, UnknownStepError):
        raise refused(desk, 422, words.NO_XML) from None


def _steps(desk: Desk) -> "list[Step]":
    root, found = desk.services.pack.root, []
    for name in drill_names(root):
        drill = load_drill(root, name)
        for number_, step in enumerate(drill.steps, start=1):
            found.append(Step(f"{name} {number_}", f"{drill.title} {number_}：{step.headline or step.type}"))
    return found


def _against(text: str) -> Against:
    return Against(text) if text in set(Against) else Against.NOW
