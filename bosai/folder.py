"""The data folder: what lies where, its keys, and the lock that lets one `bosai serve` use it."""

import base64
import binascii
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bosai.settings import Settings, SettingsError

KEY_BYTES = 32


class FolderInUseError(RuntimeError):
    """Another `bosai serve` runs on the same data folder."""


def create(folder: Path) -> Path:
    """Makes the folder, readable by its owner only, and returns its absolute path. Raises `SettingsError`."""
    path = folder.absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"BOSAI_DATA={folder}: cannot be made a folder ({error.strerror})") from None
    return path


def database_url(settings: Settings, world: str) -> str:
    """Where a world keeps its rows: the URL that is set, else a SQLite file of the world's name (R1)."""
    given = {"live": settings.database_url, "drill": settings.drill_database_url}[world]
    return given or f"sqlite:///{settings.data.absolute() / world}.db"


def secret_key(settings: Settings) -> bytes:
    """The key that encrypts device addresses (R20): the one set, else a file made at the first start (mode 0600)."""
    if settings.secret_key:
        return _decoded(settings.secret_key, "BOSAI_SECRET_KEY")
    return _kept_key(settings, "secret.key")


def secret_keys(settings: Settings) -> list[bytes]:
    """The key that addresses are encrypted with, then the former one while they are being encrypted anew."""
    former = settings.former_secret_key
    return [secret_key(settings), *([_decoded(former, "BOSAI_FORMER_SECRET_KEY")] if former else [])]


def bundle_secrets(settings: Settings) -> list[bytes]:
    """What offline bundles are signed with, the newest first: the keys set, else a file made at the first start.

    None in production without a key: phones trust a key for years, so it may not depend on a folder.
    """
    if settings.bundle_key is None and settings.environment == "production":
        return []
    own, former = settings.bundle_key, settings.former_bundle_key
    newest = _decoded(own, "BOSAI_BUNDLE_KEY") if own else _kept_key(settings, "bundle.key")
    return [newest, *([_decoded(former, "BOSAI_FORMER_BUNDLE_KEY")] if former else [])]


def _kept_key(settings: Settings, name: str) -> bytes:
    """A key in the data folder, made when it is first asked for."""
    file = create(settings.data) / name
    if not file.exists():
        _write_once(file, base64.b64encode(secrets.token_bytes(KEY_BYTES)))
    return _decoded(file.read_text(encoding="ascii", errors="replace"), str(file))


def _write_once(file: Path, text: bytes) -> None:
    """Puts a whole file in place, or leaves the one that another process put there first."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(text + b"\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _decoded(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(f"{where}: expected {KEY_BYTES} bytes in base64; restore the key: phones depend on it")
    return key


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder for this process as long as it lives. Raises `FolderInUseError`."""
    with (folder / "serve.lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            owner = handle.read().strip() or "unknown"
            raise FolderInUseError(
                f"{folder} is in use by another bosai serve (process {owner}); stop it, or set BOSAI_DATA"
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield
