"""The command line, `bosai` (contract.md). Each command is imported when it is called: `explain` starts at once."""

import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from bosai.cli.errors import USAGE, one_line

COMMANDS = {  # name: (module in bosai.cli, what it does)
    "audit": ("audit", "Checks the office's book for a changed, removed or inserted entry, and exports it."),
    "bench": ("bench", "Measures this machine, beside the ordinary way."),
    "channel": ("channel", "Keeps the list that is told by e-mail and webhook, and shows what became of alerts."),
    "check": ("check", "Shows what is configured, reachable and missing."),
    "city": ("city", "Makes a new city's pack from open data, and draws one."),
    "drill": ("drill", "Lists, starts and stops drills; they reach no real phone."),
    "explain": ("explain", "Shows what a telegram would do; sends nothing."),
    "explain-why": ("explain_why", "Says why a phone or a district was told of an alert, or was not."),
    "export": ("export", "Writes open data: shelters."),
    "fake-fcm": ("fake_fcm", "Runs a server that behaves like FCM, for drills and tests."),
    "fuzz": ("fuzz", "Mutates telegrams and looks for a crash, a hang or a push that no text justifies."),
    "held": ("held", "Shows the telegrams that wait for an operator, and reads them again after an update."),
    "import": ("import_", "Takes in open data: shelters, JMA's multilingual dictionary."),
    "migrate": ("migrate", "Brings the databases to the newest tables."),
    "outbox": ("outbox", "Shows what was sent, or would have been."),
    "phrases": ("phrases", "Writes the pages on which native speakers review what phones say."),
    "proposals": ("proposals", "Shows the evacuation orders that are proposed, and records the city's decision."),
    "receipts": ("receipts", "Shows how far an alert came: accepted, received and opened, with times."),
    "rebuild": ("rebuild", "Makes the situation anew from telegrams, and shows or repairs what differs."),
    "replay": ("replay", "Plays telegrams through the whole way in a throw-away drill world."),
    "reseal": ("reseal", "Encrypts phones' addresses anew after the secret key was changed."),
    "run": ("run", "Runs one part of the service, for more machines than one."),
    "serve": ("serve", "Runs the whole service on this machine."),
    "simulate": ("simulate", "Shows whom a telegram or a draft would reach, in which words; without any effect."),
    "user": ("user", "Lets officers in: adds, lists and resets their accounts."),
}


class Bosai(click.Group):
    """A group whose commands are imported when called, and whose errors are one line (contract.md)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, without an import."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"bosai.cli.{COMMANDS[cmd_name][0]}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"bosai.cli.{COMMANDS[cmd_name][0]}.command is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help's list, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])

    def main(self, *args: Any, **options: Any) -> NoReturn:  # noqa: ANN401 - click's own signature
        """Runs a command and ends the process: 0 done, 1 failed, 2 wrong usage or bad input."""
        try:
            status = super().main(*args, **{**options, "standalone_mode": False})
        except click.ClickException as error:
            click.echo(one_line(error), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(130)
        sys.exit(status if isinstance(status, int) else 0)


@click.group(cls=Bosai, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False)
@click.version_option(package_name="bosai")
def main() -> None:
    """The backend of a city's disaster-prevention app: JMA telegrams in, pushes and an API out."""


__all__ = ["USAGE", "main"]
