"""The web application of all worlds: made from services, knows no settings."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from alerts.service.services import Services
from alerts.world import require_drill, require_live
from api.application import Application
from api.cors import Cors
from api.deprecation import DEPRECATED, Deprecated, Deprecations
from api.docs.page import install_docs
from api.errors import install_error_handlers
from api.feeds.alert_feeds import alert_feeds
from api.feeds.ogc.routes import features
from api.guard.gate import Gate
from api.health import health
from api.manners import Manners
from api.office.channels import office_channels
from api.office.desk.desk import Desk
from api.office.desk.pages import desk_pages
from api.office.desk.switch import switch_pages
from api.office.door import Door
from api.office.held import held_telegrams
from api.office.passes.pages import shelter_passes
from api.office.people.pages import office_people
from api.office.proposals import office_proposals
from api.office.public_proof import install_public_proof
from api.office.receipts import office_receipts
from api.office.refusals import install_refusals
from api.office.replays import office_replays
from api.office.rules import matching_rules
from api.office.shelters import office_shelters
from api.office.simulate import simulator
from api.office.start import install_start_page
from api.office.why import why_districts
from api.openapi import DESCRIPTION, TAGS, install_openapi, operation_id
from api.residents.advice import advice
from api.residents.app_versions import app_versions
from api.residents.bundle.routes import bundle
from api.residents.devices import devices
from api.residents.events.pulse import EVENT_STREAMS, Pulse, beating
from api.residents.events.routes import events
from api.residents.hot import HotReads
from api.residents.locate import locate
from api.residents.outbox import outbox
from api.residents.preferences import preferences
from api.residents.proof import public_proof
from api.residents.reads import reads
from api.residents.receipts import receipts
from api.residents.refresher import EVERY_SECONDS, Refresher
from api.residents.sharing import sharing
from api.residents.shelters import shelters
from api.residents.shown import shown
from api.residents.why import why
from api.residents.world import WorldApi
from api.security import Security


def create_app(
    services: Mapping[str, Services],
    *,
    version: str = "0.1.0",
    look_every_seconds: float = EVERY_SECONDS,
    last_known: Path | None = None,
    web_origins: Collection[str] = (),
    deprecated: Deprecations = DEPRECATED,
    bundle_secrets: Sequence[bytes] = (),
    event_streams: int = EVENT_STREAMS,
    gate: Gate | None = None,
) -> FastAPI:
    """The application for the worlds `live` and `drill`.

    `look_every_seconds` is how often each database is asked whether anything has changed, however many ask us;
    `last_known` is a folder in which what was read last outlives this process (R30); `web_origins` are the origins of
    web apps that may read from a browser. `bundle_secrets`, of 32 bytes, the newest first, sign the offline bundles;
    without any there is no bundle. `event_streams` is how many open apps a world's stream of events serves at a time.
    `gate` bounds registrations and changes; without one they are counted in this process.

    Raises `WorldMismatchError` if the worlds are confused: a drill address must never write to the live database (R1).
    """
    require_live(services["live"].world)
    require_drill(services["drill"].world)
    live, drill = (WorldApi.of(services[name], last_known, bundle_secrets) for name in ("live", "drill"))
    gate = gate or Gate()
    refresher = Refresher((live.snapshot, drill.snapshot), look_every_seconds)
    pulses = {world.prefix: Pulse(world.snapshot, event_streams) for world in (live, drill)}
    door = Door(live.services)
    desks = [Desk.of(world, door) for world in (live, drill)]

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Looks into the worlds for as long as requests are taken."""
        refresher.start()
        async with beating([*pulses.values(), *(desk.pulse for desk in desks)], look_every_seconds):
            yield
        refresher.stop()

    app = Application(
        title=f"{live.services.pack.codes.name} 防災サービス API",
        version=version,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        generate_unique_id_function=operation_id,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    install_error_handlers(app)
    install_refusals(app)
    going, cors = Deprecated(deprecated), Cors(web_origins)
    app.hot = HotReads({world.prefix: world.snapshot for world in (drill, live)}, cors)
    security = Security(https_only=live.services.environment == "production")
    app.add_middleware(Manners, security=security, cors=cors, deprecated=going, hot=app.hot)
    app.include_router(health(services))
    for world in (live, drill):
        _include(app, world, gate, door)
        app.include_router(events(world, pulses[world.prefix]))
    app.include_router(public_proof(live))
    own = [*office_people(door, live.services, drill.services), *shelter_passes(door, live.services, drill.services)]
    own.append(switch_pages(door))
    own += [pages for desk in desks for pages in desk_pages(desk)]
    for pages in own:
        app.include_router(pages)
    install_openapi(app, going)
    install_docs(app)
    install_public_proof(app, live)
    install_start_page(app, live, drill)
    return app


def _include(app: FastAPI, world: WorldApi, gate: Gate, door: Door) -> None:
    """One world's routes. What was sent to residents is shown to everybody only where nothing real is sent.

    What is for operators needs a login; `door` says when the machine itself is trusted (decision 27).
    """
    app.include_router(
        devices(world, gate)
    )  # first: the framework asks one router after the other, and phones come at once
    app.include_router(app_versions(world))
    app.include_router(alert_feeds(world))  # before one alert by its id
    app.include_router(features(world))
    app.include_router(reads(world))
    app.include_router(shown(world))
    app.include_router(locate(world))
    app.include_router(advice(world))  # before one shelter by its id
    app.include_router(shelters(world))
    app.include_router(bundle(world))
    app.include_router(preferences(world))
    app.include_router(sharing(world, gate))
    app.include_router(receipts(world))
    app.include_router(why(world))
    if world.services.is_drill or world.services.environment == "embedded":
        app.include_router(outbox(world))
    app.include_router(held_telegrams(world, door))
    app.include_router(office_shelters(world, door))
    app.include_router(matching_rules(world, door))
    app.include_router(why_districts(world, door))
    app.include_router(office_proposals(world, door))
    app.include_router(office_receipts(world, door))
    app.include_router(simulator(world, door))
    app.include_router(office_channels(world, door))
    app.include_router(office_replays(world, door))
