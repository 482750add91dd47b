"""`python -m workers.fcm.fake OPTIONS`: the fake server's process, with its options as JSON."""

import sys

from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.server import run_fake_fcm

if __name__ == "__main__":
    sys.exit(run_fake_fcm(FakeOptions.from_json(sys.argv[1])))
