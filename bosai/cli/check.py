"""`bosai check`: what is configured, reachable and missing (contract.md)."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from alerts.city.pack import PackError
from alerts.service.readiness import PARTS
from alerts.times import JST
from bosai import startup
from bosai.cli.errors import BadInputError, bad_input
from bosai.cli.output import as_json, print_line
from bosai.diagnosis import diagnose
from bosai.finding import Finding, State
from bosai.life import sign_of_life
from bosai.open_alarms import WorldAlarms, open_alarms
from bosai.settings import Settings, SettingsError, load_settings


@click.command("check")
@click.option("--part", type=click.Choice(PARTS), help="Only: has this part, wherever it runs, worked lately?")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(part: str | None, json_output: bool) -> None:
    """Exit status 0: nothing that is needed is missing; 1: something is; 2: the pack or a setting is wrong."""
    with bad_input(SettingsError):
        settings = load_settings()
    alarms = [] if part else list(open_alarms(settings))
    findings = [sign_of_life(settings, part)] if part else _everything(settings, json_output)
    findings += [world.finding for world in alarms]
    is_ok = all(finding.state is not State.FAILED for finding in findings)
    if json_output:
        checks = [asdict(finding) for finding in findings]
        listed = [{"world": of.world, **asdict(alarm)} for of in alarms for alarm in of.newest]
        print_line(as_json({"ok": is_ok, "problems": [], "checks": checks, "alarms": listed}))
    else:
        print_line("\n".join((*map(_as_text, findings), *(line for of in alarms for line in _listed(of)))))
    if not is_ok:
        click.get_current_context().exit(1)


def _everything(settings: Settings, json_output: bool) -> list[Finding]:
    try:
        pack = startup.city(settings)
    except PackError as error:
        if json_output:
            problems = [asdict(problem) for problem in error.problems]
            print_line(as_json({"ok": False, "problems": problems, "checks": [], "alarms": []}))
        raise BadInputError(f"the city pack cannot be used: {'; '.join(map(str, error.problems))}") from error
    return list(diagnose(settings, pack))


def _as_text(finding: Finding) -> str:
    return f"{finding.state:<6}  {finding.name:<14}  {finding.detail}"


def _listed(found: WorldAlarms) -> Iterator[str]:
    """One line an alarm, the newest first, below the checks."""
    for alarm in found.newest:
        yield f"{found.world} {alarm.kind}, {alarm.last_at.astimezone(JST):%m-%d %H:%M}, {alarm.times}×: {alarm.text}"
    if more := sum(one.count for one in found.kinds) - len(found.newest):
        yield f"{found.world}: {more} older alarms are not listed here; the table alarms has them"
