"""Where the servers keep data and sockets, also for root, long paths and closed homes."""

import fcntl
import hashlib
import os
import pwd
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_ACCOUNT = "nobody"
"""Who runs PostgreSQL when we are root: it refuses root, and initdb wants a passwd entry."""

SYSTEM_FOLDER = Path("/var/lib/portal-embedded")
"""Used only by root, when the checkout lies where SERVER_ACCOUNT cannot reach it."""

SOCKET_PATH_LIMIT = 107
"""Bytes the kernel allows in a socket's path."""


class FolderError(Exception):
    """A folder cannot be used; the text says why and what to do."""


def server_account() -> str | None:
    return SERVER_ACCOUNT if os.geteuid() == 0 else None


def reachable_by_server(path: Path) -> bool:
    """Whether the server's account may pass through to `path`. Asked of the kernel, since
    mode bits alone do not know access lists and mounts."""
    account = server_account()
    if account is None:
        return True
    entry = pwd.getpwnam(account)
    test = ["/usr/bin/test", "-x", path]
    ids = {"user": entry.pw_uid, "group": entry.pw_gid}
    return subprocess.run(test, extra_groups=[], cwd="/", check=False, **ids).returncode == 0  # type: ignore[call-overload, no-any-return]


def server_base(base: Path) -> Path:
    """`base` itself, or a place beside the system's other data when the server cannot get there.

    The place is noted in `base`: whoever removes `base` begins anew, and finds what to remove too.
    """
    base.mkdir(parents=True, exist_ok=True)
    if reachable_by_server(base):
        return base
    note = base / "server-data-is-in"
    if not note.exists():
        note.write_text(str(SYSTEM_FOLDER / secrets.token_hex(6)))
    return open_folder(Path(note.read_text()))


def open_folder(path: Path) -> Path:
    """A folder that others may pass through but not list. Folders that are there stay as they are."""
    for folder in (path.parent, path):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(0o711)
    return path


def private_folder(path: Path, account: str | None = None) -> Path:
    """A folder, made if need be, that `account` (or we) own and nobody else may enter."""
    owner = pwd.getpwnam(account) if account else None
    uid = owner.pw_uid if owner else os.geteuid()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if owner:
            os.chown(path, owner.pw_uid, owner.pw_gid)
    found = path.lstat()
    if found.st_uid != uid or not path.is_dir() or path.is_symlink():
        holder = _name_of(found.st_uid)
        raise FolderError(
            f"{path} belongs to {holder}: it was made by another user. Go on as that user, or remove it."
        )
    path.chmod(0o700)
    return path


def socket_folder(path: Path, socket_name: str, account: str | None = None) -> Path:
    """`path`, or a short stand-in for it under /tmp when the socket's path would be too long."""
    if len(os.fsencode(path / socket_name)) > SOCKET_PATH_LIMIT:
        path = Path(tempfile.gettempdir()) / f"portal-{_digest(path)}"
    if len(os.fsencode(path / socket_name)) > SOCKET_PATH_LIMIT:
        path = Path("/tmp") / path.name
    return private_folder(path, account)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`: two starts at the same moment come one after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
