"""Test folders are no packages: the samples beside the tests are found on the path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
