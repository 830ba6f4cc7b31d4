"""Key files in the data folder, made once even when several processes start together."""

import os
import secrets
from pathlib import Path

from chengxin.config import Settings


def secret_of(settings: Settings) -> str:
    """Return the installation's secret, made on first use and kept in the data folder."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret.key"
    return keep_once(path, secrets.token_hex(32).encode()).decode()


def keep_once(path: Path, content: bytes, *, mode: int = 0o600) -> bytes:
    """Write a file unless it exists and return what it holds; the first of several writers wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        _write_through(draft, content, mode)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


def put_in_place(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file in one step, in the place of the one that bears its name."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write_through(draft, content, mode)
    draft.replace(path)


def _write_through(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
