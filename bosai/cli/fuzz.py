"""`bosai fuzz`: mutated telegrams against the readers; a mutant that does what it may not is a failure."""

from pathlib import Path

import click

from alerts.city.pack import bundled
from bosai.bench.sources import telegrams as sources_of
from bosai.cli.errors import BadInputError
from bosai.cli.output import as_json, city_pack, print_line
from bosai.fuzz.run import Fuzzer
from bosai.fuzz.tally import Fault, Tally

_TOLD_EVERY = 10_000  # cases


@click.command("fuzz")
@click.option("--count", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True, help="Mutants to try.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same one, the same mutants.")
@click.option("--case", type=click.IntRange(0), help="Only this case of the seed, as a fault names it.")
@click.option(
    "--telegrams",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of real telegrams to mutate instead of the drills of the city pack.",
)
@click.option("--save", type=click.Path(path_type=Path), help="With --case: writes the mutant to this file.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(
    *, count: int, seed: int, case: int | None, telegrams: Path | None, save: Path | None, json_output: bool
) -> None:
    """Mutates telegrams and reads them: no crash, no hang, no push that no text justifies."""
    if save and case is None:
        raise click.UsageError("--save belongs to --case")
    pack = city_pack(bundled())
    sources = sources_of(telegrams, pack)
    if not sources:
        raise BadInputError(f"{telegrams} holds no telegram (*.xml) to mutate; name another folder")
    fuzzer = Fuzzer(sources, pack, seed)
    if save and case is not None:
        save.write_bytes(fuzzer.mutant(case)[0].raw)
    tally = fuzzer.run(range(count) if case is None else [case], _tell)
    found = tally.as_dict()
    print_line(as_json(found) if json_output else _as_text(tally))
    if tally.faults:
        raise SystemExit(1)


def _tell(tally: Tally) -> None:
    if tally.faults and tally.faults[-1].case == tally.last_case:
        click.echo(_of_fault(tally.faults[-1]), err=True)
    if tally.cases % _TOLD_EVERY == 0:
        click.echo(f"{tally.cases:,} mutants, {len(tally.faults)} faults", err=True)


def _as_text(tally: Tally) -> str:
    lines = [
        f"{tally.cases:,} mutants of {tally.telegrams} telegrams, seed {tally.seed}: {len(tally.faults)} faults",
        f"  {', '.join(f'{count:,} {name}' for name, count in tally.outcomes.most_common())}",
        f"  {tally.with_pushes:,} with pushes, {tally.with_other_pushes:,} with others than the original",
        f"  {tally.cpu_s:.1f} s of CPU time, the slowest {tally.slowest_ms:,.0f} ms (case {tally.slowest_case})",
    ]
    return "\n".join((*lines, *(_of_fault(each) for each in tally.faults)))


def _of_fault(fault: Fault) -> str:
    done = "; ".join(fault.steps)
    return f"case {fault.case} of seed {fault.seed}: {fault.source} for {fault.municipality}: {fault.what} ({done})"
