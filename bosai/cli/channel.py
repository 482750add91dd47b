"""`bosai channel`: the list that is told by e-mail and signed webhooks, beside phones (R21, R26)."""

from datetime import datetime

import click

from alerts.alert import Urgency
from alerts.channel.letter import Taken
from alerts.channel.subscriber import Channel
from alerts.service.channels import replay, results, roll
from alerts.service.channels.roll import SubscriberError, UnknownSubscriberError, Wanted
from alerts.service.why import UnknownAlertError
from alerts.times import JST
from bosai.cli.channel_lines import replay_fields, result_fields, result_line, subscriber_fields, subscriber_line
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_world

_URGENCIES = [str(urgency) for urgency in Urgency if urgency is not Urgency.NONE]
_WHEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]

_drill = click.option("--drill", is_flag=True, help="The drill world's own list.")
_json = click.option("--json", "json_output", is_flag=True, help="One JSON object a line.")
_id = click.argument("subscriber_id", metavar="ID")


@click.group("channel")
def command() -> None:
    """Who is told by e-mail and webhook. The live list and a drill's are two lists."""


@command.command("add")
@click.argument("channel", type=click.Choice([str(channel) for channel in Channel]))
@click.argument("name")
@click.argument("address")
@click.option("--language", "languages", multiple=True, help="As ja, en; several in one letter. Default: the city's.")
@click.option(
    "--minimum", type=click.Choice(_URGENCIES), default="high", show_default=True, help="What is told at all."
)
@click.option("--district", "districts", multiple=True, help="District id; several. Default: the whole city.")
@_drill
def add(
    *,
    channel: str,
    name: str,
    address: str,
    languages: tuple[str, ...],
    minimum: str,
    districts: tuple[str, ...],
    drill: bool,
) -> None:
    """Puts NAME on the list, with its e-mail ADDRESS or the https address of its webhook. Prints a webhook's secret."""
    wanted = Wanted(Channel(channel), name, address, languages, Urgency(minimum), frozenset(districts))
    with open_world(drill=drill) as services, bad_input(SubscriberError):
        added = roll.add(services, wanted)
        unset = added.subscriber.channel not in services.channels
    print_line(f"{added.subscriber.id} is on the {added.subscriber.world.name} list")
    if added.secret:
        print_line(f"its secret, shown only now: {added.secret}")
    if unset:
        print_line("there is no sender for it yet: bosai check says what is missing")


@command.command("list")
@_drill
@_json
def list_subscribers(drill: bool, json_output: bool) -> None:
    """Who is on the list and how they fare; no address is shown."""
    with open_world(drill=drill) as services:
        found = roll.listed(services)
    for one in found:
        print_line(as_json(subscriber_fields(one)) if json_output else subscriber_line(one))
    if not found and not json_output:
        print_line("nobody is on the list")


@command.command("remove")
@_id
@_drill
def remove(subscriber_id: str, drill: bool) -> None:
    """Takes one off the list; its address is deleted."""
    with open_world(drill=drill) as services, bad_input(UnknownSubscriberError):
        roll.remove(services, subscriber_id)
    print_line(f"{subscriber_id} is off the list")


@command.command("enable")
@_id
@_drill
def enable(subscriber_id: str, drill: bool) -> None:
    """Has one told again that was disabled after days of failures; what it missed: replay."""
    with open_world(drill=drill) as services, bad_input(UnknownSubscriberError):
        roll.enable(services, subscriber_id)
    print_line(f"{subscriber_id} is told again, from the next alert on")


@command.command("secret")
@_id
@click.option("--at-once", is_flag=True, help="the secret in use signs nothing more: others may know it")
@_drill
def secret(subscriber_id: str, drill: bool, at_once: bool) -> None:
    """Gives a webhook a new secret. The one in use signs too for a day; what is refused meanwhile is tried again."""
    with open_world(drill=drill) as services, bad_input(UnknownSubscriberError, SubscriberError):
        print_line(f"its secret, shown only now: {roll.renew_secret(services, subscriber_id, both_hold=not at_once)}")


@command.command("test")
@_id
@_drill
def try_out(subscriber_id: str, drill: bool) -> None:
    """Sends one subscriber a text that says it is a test; 1 if it is not taken."""
    with open_world(drill=drill) as services, bad_input(UnknownSubscriberError), failure(SubscriberError):
        answer = roll.try_out(services, subscriber_id)
    print_line(f"{answer.taken}: {answer.detail}")
    if answer.taken is not Taken.ACCEPTED:
        click.get_current_context().exit(1)


@command.command("replay")
@_id
@click.option("--since", type=click.DateTime(_WHEN), help="Japan time: everything published from then on.")
@click.option("--after", type=click.IntRange(min=0), help="Everything after this cursor (`cursor` of an event).")
@_drill
@_json
def say_again(subscriber_id: str, since: datetime | None, after: int | None, drill: bool, json_output: bool) -> None:
    """Has everything said again to a webhook, in its order, under the same ids; without an option: how that stands."""
    if since is not None and after is not None:
        raise click.UsageError("give --since or --after, not both")
    with open_world(drill=drill) as services, bad_input(UnknownSubscriberError), failure(SubscriberError):
        if since is not None:
            found = [replay.replay_since(services, subscriber_id, since.replace(tzinfo=JST))]
        elif after is not None:
            found = [replay.replay_after(services, subscriber_id, after)]
        else:
            found = replay.replays_of(services, subscriber_id)
    for one in found:
        text = f"replay {one.id}: {one.state}, at cursor {one.position} of {one.until}, {one.said} said"
        print_line(as_json(replay_fields(one)) if json_output else text + (f"; {one.detail}" if one.detail else ""))


@command.command("results")
@click.argument("alert_id", metavar="ALERT")
@_drill
@_json
def show_results(alert_id: str, drill: bool, json_output: bool) -> None:
    """What became of an alert on every channel, by revision."""
    with open_world(drill=drill) as services, bad_input(UnknownAlertError):
        found = results.results(services, alert_id)
    for one in found:
        print_line(as_json(result_fields(one)) if json_output else result_line(one))
    if not found and not json_output:
        print_line("nothing of this alert was pushed")
