"""`bosai fake-fcm`: a server that behaves like FCM, for drills, tests and measurements (R4)."""

from pathlib import Path

import click

from bosai.cli.errors import FailedError, bad_input
from workers.fcm.fake.faults import parse_shares
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.server import run_fake_fcm


@click.command("fake-fcm")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="On 127.0.0.1; 0 takes any free one.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("data/fake-fcm"),
    show_default=True,
    help="For its certificates and ready.json, which tells its port.",
)
@click.option("--latency", type=float, nargs=2, default=(50.0, 150.0), show_default=True, help="Milliseconds, from to.")
@click.option("--fault", "faults", multiple=True, metavar="NAME=SHARE", help="e.g. unregistered=0.02; repeatable.")
@click.option("--retry-after", type=click.IntRange(0), default=1, show_default=True, help="Seconds, in answers 429.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed fails the same phones.")
def command(
    *, port: int, folder: Path, latency: tuple[float, float], faults: tuple[str, ...], retry_after: int, seed: int
) -> None:
    """Answers FCM v1 requests over HTTP/2 and TLS; GET /stats counts them. Ends on SIGTERM or Ctrl-C."""
    with bad_input(ValueError):
        shares = parse_shares(list(faults))
    options = FakeOptions(folder, port=port, latency_ms=latency, faults=shares, retry_after=retry_after, seed=seed)
    try:
        click.echo(f"fake FCM: certificates and port are in {options.ready_file}", err=True)
        run_fake_fcm(options)
    except OSError as error:
        raise FailedError(f"127.0.0.1:{port} cannot be used: {error.strerror}; choose another --port") from error
