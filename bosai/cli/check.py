"""`bosai check`: what is configured, reachable and missing (contract.md)."""

from dataclasses import asdict

import click

from alerts.city.pack import PackError
from bosai import startup
from bosai.cli.errors import BadInputError, bad_input
from bosai.cli.output import as_json, print_line
from bosai.diagnosis import Finding, State, diagnose
from bosai.settings import SettingsError, load_settings


@click.command("check")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(json_output: bool) -> None:
    """Exit status 0: nothing that is needed is missing; 1: something is; 2: the pack or a setting is wrong."""
    with bad_input(SettingsError):
        settings = load_settings()
    try:
        pack = startup.city(settings)
    except PackError as error:
        if json_output:
            problems = [asdict(problem) for problem in error.problems]
            print_line(as_json({"ok": False, "problems": problems, "checks": []}))
        raise BadInputError(f"the city pack cannot be used: {'; '.join(map(str, error.problems))}") from error
    findings = list(diagnose(settings, pack))
    is_ok = all(finding.state is not State.FAILED for finding in findings)
    if json_output:
        print_line(as_json({"ok": is_ok, "problems": [], "checks": [asdict(finding) for finding in findings]}))
    else:
        print_line("\n".join(map(_as_text, findings)))
    if not is_ok:
        click.get_current_context().exit(1)


def _as_text(finding: Finding) -> str:
    return f"{finding.state:<6}  {finding.name:<14}  {finding.detail}"
