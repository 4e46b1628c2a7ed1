"""Where the embedded database lives, and as whom it runs."""

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
SYSTEM_ROOT = Path("/var/lib/menling")
# PostgreSQL refuses to run as root; the first of these that the machine knows lends its name.
UNPRIVILEGED = ("menling", "postgres", "nobody")
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes
SOCKET_NAME = ".s.PGSQL.5432"


class EmbeddedError(Exception):
    """The embedded database cannot be used; the message says what to change."""


@dataclass(frozen=True)
class Place:
    """The folders of one purpose (`office`, `test`): `database` and `run` belong to the server, the rest to us."""

    root: Path
    home: Path

    @classmethod
    def of(cls, purpose: str) -> "Place":
        """The place of a purpose for this checkout; nothing is created yet.

        `MENLING_DATA` names the folder of all purposes; without it every checkout has its own.
        """
        given = os.environ.get("MENLING_DATA")
        if given:
            root = Path(given).expanduser().resolve()
            return cls(root, root / purpose)
        root = SYSTEM_ROOT if os.geteuid() == 0 else Path.home() / ".local/share/menling"
        checkout = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
        return cls(root, root / f"{checkout}-{purpose}")

    @property
    def database(self) -> Path:
        """The server's own files."""
        return self.home / "database"

    @property
    def run(self) -> Path:
        """The folder of the socket and of the server's log."""
        return self.home / "run"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.run / "postgres.log"

    def prepare(self, owner: "Owner") -> None:
        """Create the folders: passable for the server where it must pass, closed to everybody else."""
        for folder in (self.root, self.home):
            folder.mkdir(parents=True, exist_ok=True)
            if folder.stat().st_uid == os.geteuid():
                folder.chmod(0o711 if owner.is_other else 0o700)
        self.run.mkdir(exist_ok=True)
        owner.give(self.run)
        self._refuse_long_socket()
        self._refuse_unreachable(owner)

    def _refuse_long_socket(self) -> None:
        socket = self.run / SOCKET_NAME
        if len(os.fsencode(socket)) > LONGEST_SOCKET_PATH:
            raise EmbeddedError(f"{socket} is too long for a socket: set MENLING_DATA to a shorter folder")

    def _refuse_unreachable(self, owner: "Owner") -> None:
        if not owner.may_use(self.run):
            raise EmbeddedError(f"the user {owner.name} cannot reach {self.run}: set MENLING_DATA to a folder it can pass into")


@dataclass(frozen=True)
class Owner:
    """The user the server runs as: ourselves, or as root somebody without privileges."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, place: Place) -> "Owner":
        """Whoever owns the data already; for new data ourselves or, as root, the first unprivileged user."""
        if os.geteuid() != 0:
            return cls._named(pwd.getpwuid(os.geteuid()))
        if place.database.exists() and (uid := place.database.stat().st_uid) != 0:
            return cls._named(pwd.getpwuid(uid))
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        for name in UNPRIVILEGED:
            if name in known:
                return cls._named(known[name])
        raise EmbeddedError(f"PostgreSQL cannot run as root, and none of the users {', '.join(UNPRIVILEGED)} exists")

    @classmethod
    def _named(cls, entry: pwd.struct_passwd) -> "Owner":
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    @property
    def is_other(self) -> bool:
        """Whether the server runs as somebody else than we do."""
        return self.uid != os.geteuid()

    def identity(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make a child run as this user."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, folder: Path) -> None:
        """Make this user the owner of a folder that nobody else may enter."""
        os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)

    def may_use(self, path: Path) -> bool:
        """Whether this user gets as far as `path` and may execute it (a program) or pass into it (a folder)."""
        if not self.is_other:
            return os.access(path, os.X_OK)
        asked = subprocess.run(["/usr/bin/env", "test", "-x", str(path)], cwd="/", check=False, **self.identity())
        return asked.returncode == 0
