"""`bosai user`: the first administrator, and the last way in. Who has the machine needs no second pair of eyes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from alerts.people.officer import NEEDED_APPROVERS
from alerts.people.practice import Practice
from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.keys import GIVEN_FOR_A_START, GIVEN_FOR_TONIGHT
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.roll import Roll, Standing, roll
from alerts.times import JST
from bosai.cli.errors import BadInputError
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_world, open_worlds

_WORDS: Mapping[Reason, str] = {
    Reason.BAD_LOGIN: "a login name has 3 to 40 of a-z, 0-9, dot, hyphen and underscore; choose another one",
    Reason.LOGIN_TAKEN: "somebody has this login name; `bosai user list` shows who, `bosai user reset` lets him in",
    Reason.NO_NAME: "--name must say who it is, in at most 40 characters",
    Reason.NO_ROLE: f"--role must be one of {', '.join(Role)}; it may be given several times",
    Reason.UNKNOWN_OFFICER: "nobody has this login name; `bosai user list` shows everybody",
    Reason.SHUT_OUT: "this officer was shut out; two administrators let him in again on the people's page",
}


@click.group("user")
def command() -> None:
    """Accounts of the crisis office. They are kept in the live world; drills use the same."""


@command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The officer's name, as colleagues know it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="May be repeated.",
)
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def add(login: str, name: str, roles: tuple[str, ...], *, json_output: bool) -> None:
    """Makes an account and prints the code with which the officer sets a password, once, within 72 hours."""
    with open_world() as services, _said():
        wanted = Wanted(Act.ADD, login=login, name=name, roles=[Role(each) for each in roles])
        done = administration.add_at_console(services, wanted)
    _tell_code(done.officer.login, done.code or "", json_output, first=True)


@command.command("reset")
@click.argument("login")
@click.option("--password", "everything", is_flag=True, help="The password too: everything is set up anew.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def reset(login: str, *, everything: bool, json_output: bool) -> None:
    """A telephone is lost: prints a code that stands for it once, within 30 minutes, beside the password."""
    with open_world() as services, _said():
        done = administration.reset_at_console(services, login, everything=everything)
        with services.database.read() as uow:
            is_first = uow.officers.credentials(done.officer.id).password_hash is None
    _tell_code(done.officer.login, done.code or "", json_output, first=is_first)


@command.command("list")
@click.option("--json", "json_output", is_flag=True, help="One JSON object an officer.")
def list_people(*, json_output: bool) -> None:
    """Everybody with roles, practice this month and whether approvers can be reached now (R24)."""
    with open_worlds() as worlds:
        found = roll(worlds["live"], worlds["drill"])
        now = worlds["live"].clock.now()
    for one in found.people:
        print_line(as_json(_fields(one)) if json_output else _as_text(one, one.officer.is_reachable(now)))
    if not json_output:
        print_line(_summary(found))


def _tell_code(login: str, code: str, json_output: bool, *, first: bool) -> None:
    page, span = ("/office/welcome", GIVEN_FOR_A_START) if first else ("/office/login", GIVEN_FOR_TONIGHT)
    if json_output:
        print_line(as_json({"login": login, "code": code, "page": page, "minutes": int(span.total_seconds() // 60)}))
        return
    how = "and choose a password" if first else "with the password, in the place of the app's code"
    print_line(f"{login}: {code}\nenter it on {page} {how}, within {_span(int(span.total_seconds() // 60))}; once")


def _span(minutes: int) -> str:
    return f"{minutes // 60} hours" if minutes >= 60 else f"{minutes} minutes"  # noqa: PLR2004 - minutes of an hour


def _summary(found: Roll) -> str:
    if not found.people:
        return "nobody can log in yet: bosai user add LOGIN --name NAME --role administrator"
    due = sum(one.practice is not Practice.DONE for one in found.people if one.officer.is_active)
    approvers = f"{found.reachable_approvers} approvers can be reached now" + (
        f"; {NEEDED_APPROVERS} are needed (R24)" if found.is_thin else ""
    )
    return f"{approvers}; {due} officers have not practised this month"


def _fields(one: Standing) -> dict[str, object]:
    return {
        "login": one.officer.login,
        "name": one.officer.name,
        "roles": one.officer.roles,
        "active": one.officer.is_active,
        "signed_in_at": one.officer.signed_in_at,
        "reachable_until": one.officer.reachable_until,
        "practised_at": one.practised_at,
        "practice": one.practice,
    }


def _as_text(one: Standing, reachable: bool) -> str:
    officer = one.officer
    last = f"{officer.signed_in_at.astimezone(JST):%m-%d %H:%M}" if officer.signed_in_at else "never"
    facts = [", ".join(sorted(officer.roles)), f"last here {last}", f"practice {one.practice}"]
    facts += ["reachable now"] * reachable + ["SHUT OUT"] * (not officer.is_active)
    return f"{officer.login}  {officer.name}: {'; '.join(facts)}"


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except RefusedError as error:
        raise BadInputError(_WORDS[error.reason]) from error
