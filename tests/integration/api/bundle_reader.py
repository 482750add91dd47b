"""The reader of docs/offline-bundle.md, as it stands there, and the two worlds' bundles read with it."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import httpx

DOCUMENT = Path(__file__).parents[3] / "docs/offline-bundle.md"


def documented_reader(folder: Path) -> ModuleType:
    """The document's reader as a module."""
    (source,) = re.findall(r"```python reader\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    file = folder / "documented_reader.py"
    file.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def keys_of(client: httpx.Client, prefix: str = "/v1") -> dict[str, str]:
    """What an app is built with."""
    return {key["id"]: key["public_key"] for key in client.get(f"{prefix}/bundle/keys").json()["keys"]}
