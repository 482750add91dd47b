"""`bosai run`: one part of the service, where several machines share the work (design.md §5)."""

import os

import click

from bosai import parts
from bosai.cli.errors import bad_input
from bosai.settings import SettingsError, child_environment, load_settings


@click.command("run")
@click.argument("part", type=click.Choice(list(parts.COMMANDS)))
def command(part: str) -> None:
    """Runs one PART in the place of this process; exactly one `schedule` in the whole installation."""
    with bad_input(SettingsError):
        settings = load_settings()
    words = parts.COMMANDS[part](settings)
    os.execve(words[0], words, child_environment(settings))  # noqa: S606 - the part's own command
