"""The signing key of this installation."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def secret_key(home: Path) -> str:
    """`MENLING_SECRET_KEY`, or the key kept in `home`, made on first use and readable by us alone."""
    if given := os.environ.get("MENLING_SECRET_KEY"):
        return given
    file = home / "secret-key"
    if not file.exists():
        _write_once(file, secrets.token_urlsafe(48))
    return file.read_text()


def _write_once(file: Path, key: str) -> None:
    """Write a whole file or none: of two processes that start at once, both then read the same key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"secret-key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(key)
    with suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
