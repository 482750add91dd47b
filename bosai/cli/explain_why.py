"""`bosai explain-why`: why a phone or a district was told of an alert, or was not (contract.md, issue 4)."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from alerts.city.pack import PackError
from alerts.service.services import Services
from alerts.service.why import AlertWhy, RevisionWhy, UnknownAlertError
from alerts.service.why_device import UnknownDeviceError, find_device, why_device
from alerts.service.why_district import UnknownDistrictError, why_district
from alerts.store.database import DatabaseNotReadyError
from bosai.cli.errors import BadInputError, bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.settings import SettingsError, load_settings
from bosai.wiring import Worlds

_OTHER = {"live": "drill", "drill": "live"}
_HINT = {"live": "leave out --drill", "drill": "add --drill"}


@click.command("explain-why")
@click.option("--device", "device_id", metavar="ID", help="Public id of a phone, as its registration answered.")
@click.option("--district", "district_id", metavar="ID", help="Id of a district, as /v1/districts has it.")
@click.option("--alert", "alert_id", metavar="ID", required=True, help="Id of the alert.")
@click.option("--drill", is_flag=True, help="In the drill world.")
@click.option("--language", default="ja", show_default=True, help="With --district; a phone is answered in its own.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(
    *, device_id: str | None, district_id: str | None, alert_id: str, drill: bool, language: str, json_output: bool
) -> None:
    """Says, from what is stored, why a phone (--device) or a district (--district) was told of an alert, or was not."""
    if (device_id is None) == (district_id is None):
        raise click.UsageError("name one: --device ID or --district ID")
    with _worlds() as worlds:
        world = "drill" if drill else "live"
        try:
            found = _found(worlds[world], device_id, district_id, alert_id, language)
        except (UnknownAlertError, UnknownDeviceError) as error:
            raise BadInputError(_elsewhere(worlds, world, error, device_id, alert_id)) from error
    print_line(as_json(_fields(found)) if json_output else _as_text(found))


def _found(
    services: Services, device_id: str | None, district_id: str | None, alert_id: str, language: str
) -> AlertWhy:
    if device_id is not None:
        return why_device(services, find_device(services, device_id), alert_id)
    with bad_input(UnknownDistrictError):
        return why_district(services, district_id or "", alert_id, language)


def _elsewhere(worlds: Worlds, world: str, error: Exception, device_id: str | None, alert_id: str) -> str:
    """What is unknown here and stands in the other world: a drill's alert never reaches a real phone (R1)."""
    other = _OTHER[world]
    with worlds[other].database.read() as uow:
        strays = [
            name
            for name, is_there in (
                ("alert", uow.alerts.get(alert_id) is not None),
                ("phone", device_id is not None and uow.devices.by_id(device_id) is not None),
            )
            if is_there
        ]
    if not strays:
        return f"{error}; take ids from the API (a phone that was deleted leaves nothing behind)"
    found = " and this ".join(strays)
    return f"{error}; the {other} world has this {found}, and neither world reaches the other (R1): {_HINT[other]}"


def _fields(found: AlertWhy) -> dict[str, object]:
    decisive = found.decisive
    return {"alert": found.alert.id, **_revision(decisive), "revisions": [_revision(one) for one in found.revisions]}


def _revision(one: RevisionWhy) -> dict[str, object]:
    rule, telegram = one.rule, one.telegram
    return {
        "revision": one.revision.number,
        "change": one.revision.change,
        "decision": one.ground,
        "told": one.told,
        "language": one.words.language,
        "sentence": one.words.sentence,
        "notes": list(one.words.notes),
        "rule": {"order": rule.order, "id": rule.rule, "version": rule.version or None, "because": rule.because},
        "telegram": {"id": telegram.id, "type": telegram.type} if telegram else None,
        "results": {str(result): count for result, count in one.results.items()},
        "at": one.at,
    }


def _as_text(found: AlertWhy) -> str:
    lines = [found.decisive.words.sentence, *found.decisive.words.notes, ""]
    for one in found.revisions:
        results = ", ".join(f"{count} {result}" for result, count in one.results.items())
        counted = f" ({results})" if results else ""
        lines.append(f"revision {one.revision.number}, {one.revision.change}: {one.ground}{counted}")
        lines += [f"  {one.words.sentence}"] if one is not found.decisive else []
    return "\n".join(lines)


@contextmanager
def _worlds() -> Iterator[Worlds]:
    with bad_input(SettingsError, PackError), failure(DatabaseNotReadyError):
        worlds = Worlds(load_settings())
        try:
            yield worlds
        finally:
            worlds.close()
