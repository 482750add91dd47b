"""`bosai outbox`: what phones were told, or would have been (design.md §3, no key is not silence)."""

import click

from alerts.store.database import DatabaseNotReadyError
from alerts.store.messages import SentMessage
from alerts.times import JST
from alerts.world import DRILL, LIVE
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.settings import SettingsError, load_settings
from bosai.wiring import database


@click.command("outbox")
@click.option("--drill", is_flag=True, help="Of the drill world.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Newest texts.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object a line.")
def command(drill: bool, limit: int, json_output: bool) -> None:
    """The newest texts first, each with the number of phones by result."""
    with bad_input(SettingsError), failure(DatabaseNotReadyError):
        opened = database(load_settings(), DRILL if drill else LIVE)
        with opened.read() as uow:
            texts = uow.messages.outbox(limit)
        opened.dispose()
    for text in texts:
        print_line(as_json(_fields(text)) if json_output else _as_text(text))
    if not texts and not json_output:
        print_line("the outbox is empty: nothing was decided to be told yet")


def _fields(text: SentMessage) -> dict[str, object]:
    return {
        "alert": text.alert_id,
        "revision": text.revision,
        "tier": text.tier,
        "language": text.language,
        "urgency": text.urgency,
        "silent": text.silent,
        "title": text.title,
        "body": text.body,
        "created_at": text.created_at,
        "results": {str(result): count for result, count in text.results.items()},
    }


def _as_text(text: SentMessage) -> str:
    results = ", ".join(f"{count} {result}" for result, count in text.results.items()) or "no phone"
    urgency = f"{text.urgency}, silent" if text.silent else text.urgency
    return f"{text.created_at.astimezone(JST):%m-%d %H:%M:%S} [{urgency}] {text.title}\n  {text.body}\n  → {results}"
