"""`bosai rebuild`: the situation made anew and compared with what is known; `--apply` puts it right (jma.md §1.5)."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click

from alerts.alert import Revision
from alerts.service import rebuild, recover
from alerts.service.arrival import Incoming
from alerts.service.rebuild import Difference
from alerts.service.recover import UnusableSnapshotError
from alerts.service.services import Services
from alerts.situation import HazardState
from bosai.cli.errors import bad_input
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_world

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("rebuild")
@click.option("--from-store", "_from_store", is_flag=True, help="From all telegrams that are kept; the default.")
@click.option("--vpws50", type=FILE, help="From this VPWS50, JMA's table of all warnings (集約通報).")
@click.option("--apply", "applies", is_flag=True, help="Put it right; without, only show what differs.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(*, _from_store: bool, vpws50: Path | None, applies: bool, json_output: bool) -> None:
    """Shows where the situation differs from what JMA's telegrams say; nothing is written without --apply.

    When it is put right, residents are told only where what they were told differs from what is true.
    """
    if _from_store and vpws50:
        raise click.UsageError("choose one: --from-store or --vpws50 FILE")
    with open_world() as services, bad_input(UnusableSnapshotError):
        found, revisions = _work(services, vpws50, applies=applies)
    print_line(as_json(_fields(found, revisions, applies)) if json_output else _as_text(found, revisions, applies))


def _work(services: Services, vpws50: Path | None, *, applies: bool) -> tuple[list[Difference], list[Revision]]:
    if vpws50 is None:
        found = rebuild.differences(services)
        return found, rebuild.repair(services) if applies else []
    raw = vpws50.read_bytes()
    incoming = Incoming(f"sha256:{hashlib.sha256(raw).hexdigest()}", vpws50.name, raw, services.clock.now())
    found = recover.differences_from(services, incoming)
    return found, recover.recover(services, incoming) if applies else []


def _fields(found: Sequence[Difference], revisions: Sequence[Revision], applied: bool) -> dict[str, object]:
    told = [{"alert": one.alert_id, "revision": one.number, "change": one.change} for one in revisions if one.pushed]
    return {"applied": applied, "differences": list(map(_difference, found)), "told": told}


def _difference(one: Difference) -> dict[str, object]:
    return {"chain": one.chain, "hazard": one.hazard, "known": _state(one.known), "true": _state(one.true)}


def _state(state: HazardState | None) -> dict[str, object] | None:
    return {"code": state.code, "level": state.level, "name": state.name} if state else None


def _as_text(found: Sequence[Difference], revisions: Sequence[Revision], applied: bool) -> str:
    lines = [f"{one.hazard}: known is {_name(one.known)}, true is {_name(one.true)}" for one in found]
    lines = lines or ["nothing differs: the situation is what the telegrams say"]
    if applied:
        lines.append(f"put right; {sum(one.pushed for one in revisions)} of {len(revisions)} revisions are told")
    elif found:
        lines.append("nothing was written; --apply puts it right")
    return "\n".join(lines)


def _name(state: HazardState | None) -> str:
    return state.name if state else "nothing"
