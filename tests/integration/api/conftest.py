"""The fixtures of the API. Test folders are no packages: the one that holds them is put on the path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

from api_fixtures import (  # noqa: F401  fixtures are found by their names here
    _eventually,
    client,
    clock,
    drill,
    live,
    make_station,
    pack,
    production,
    serve,
    unchanged,
    wording,
)
