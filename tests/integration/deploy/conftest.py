"""Test folders are no packages: this one is put on the path, so that its tests can import the modules beside them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "feeds"))  # its feed server on loopback
sys.path.append(str(Path(__file__).parents[1] / "api"))  # what runs the commands of a document
