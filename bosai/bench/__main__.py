"""`python -m bosai.bench CONTENDER OPTIONS`: runs one contender, and prints what it measured of itself."""

import sys
from importlib import import_module

import orjson

from bosai.bench.contender import CONTENDERS

if __name__ == "__main__":
    module, function = CONTENDERS[sys.argv[1]]
    found = getattr(import_module(module), function)(**orjson.loads(sys.argv[2]))
    sys.stdout.buffer.write(orjson.dumps(found))
