"""`bosai proposals`: evacuation orders that are proposed to the office, and its decision (R25). Sends nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from alerts.city.pack import PackError
from alerts.proposal import Proposal, ProposalState
from alerts.service import proposals
from alerts.service.proposals import MAX_NAME, NOT_SENT, NotWaitingError, UnknownProposalError
from alerts.service.services import Services
from alerts.store.database import DatabaseNotReadyError
from alerts.times import JST
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.settings import SettingsError, load_settings
from bosai.wiring import Worlds

_drill = click.option("--drill", is_flag=True, help="In the drill world.")
_json = click.option("--json", "json_output", is_flag=True, help="One JSON object a line.")
_name = click.option("--name", required=True, help="Who decided.")
_note = click.option("--note", required=True, help="Why, in a sentence.")


@click.group("proposals")
def command() -> None:
    """Evacuation orders proposed by the city's published triggers. A decision is recorded; nothing is ever sent."""


@command.command("list")
@_drill
@click.option("--all", "everything", is_flag=True, help="Also those that are over, the newest first.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="With --all.")
@_json
def list_proposals(*, drill: bool, everything: bool, limit: int, json_output: bool) -> None:
    """What is proposed now, the gravest first, and how it stands."""
    with _world(drill) as services:
        found = proposals.newest(services, limit) if everything else proposals.holding(services)
    for one in found:
        print_line(as_json(_fields(one)) if json_output else _as_text(one))
    if not found and not json_output:
        print_line("no order is proposed")


@command.command("confirm")
@click.argument("proposal_id", metavar="ID")
@_name
@_note
@_drill
def confirm(proposal_id: str, name: str, note: str, drill: bool) -> None:
    """Records that the city gives the order. It sends nothing: give it by the city's own channels."""
    _decide(proposal_id, ProposalState.CONFIRMED, name, note, drill)


@command.command("decline")
@click.argument("proposal_id", metavar="ID")
@_name
@_note
@_drill
def decline(proposal_id: str, name: str, note: str, drill: bool) -> None:
    """Records that the city does not give the order."""
    _decide(proposal_id, ProposalState.DECLINED, name, note, drill)


def _decide(proposal_id: str, verdict: ProposalState, name: str, note: str, drill: bool) -> None:
    if not 0 < len(name.strip()) <= MAX_NAME or not note.strip():
        raise click.UsageError(f"--name and --note must say something, the name in at most {MAX_NAME} characters")
    with _world(drill) as services, bad_input(UnknownProposalError), failure(NotWaitingError):
        proposal = proposals.decide(services, proposal_id, verdict, name.strip(), note.strip())
    print_line(f"{proposal.id} is {proposal.state}: {NOT_SENT}")


def _fields(one: Proposal) -> dict[str, object]:
    return {
        "id": one.id,
        "order": one.order,
        "level": one.order.level,
        "state": one.state,
        "because": one.name,
        "trigger": one.trigger,
        "triggers_version": one.triggers_version,
        "basis": one.basis,
        "alert": one.alert_id,
        "proposed_at": one.proposed_at,
        "escalated_at": one.escalated_at,
        "decided_at": one.decided_at,
        "decided_by": one.decided_by,
        "note": one.note,
        "ended_at": one.ended_at,
        "ending": one.ending,
    }


def _as_text(one: Proposal) -> str:
    by = f" by {one.decided_by} ({one.note})" if one.decided_by else ""
    ended = f"; its trigger ended at {one.ended_at.astimezone(JST):%m-%d %H:%M}, {one.ending}" if one.ended_at else ""
    since = f"{one.proposed_at.astimezone(JST):%m-%d %H:%M}"
    return (
        f"{one.id}\n  {since} {one.order}, level {one.order.level}: {one.state}{by}{ended}\n  {one.name}; {one.basis}"
    )


@contextmanager
def _world(drill: bool) -> Iterator[Services]:
    with bad_input(SettingsError, PackError), failure(DatabaseNotReadyError):
        worlds = Worlds(load_settings())
        try:
            yield worlds["drill" if drill else "live"]
        finally:
            worlds.close()
