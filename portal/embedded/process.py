"""One child process that dies with its parent, and that a test may hurt on purpose."""

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
# Loaded in the parent: between fork and exec only a bare call is safe.
libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Process:
    """A program with its log file. `account` is the system user it runs as, when not ours.

    The kernel sends `stop_signal` to the program when the *thread* that started it ends, so
    `start` belongs into the main thread. A `detached` program outlives us.
    """

    name: str
    command: Sequence[str | Path]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path = Path("/")
    account: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    detached: bool = False
    popen: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    def start(self) -> None:
        account = pwd.getpwnam(self.account) if self.account else None
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                cwd=self.cwd,
                user=account and account.pw_uid,
                group=account and account.pw_gid,
                extra_groups=[] if account else None,
                # A session of its own: Ctrl-C at the terminal reaches the supervisor only,
                # which then stops its programs in the right order.
                start_new_session=True,
                preexec_fn=None if self.detached else self._die_with_parent,
            )

    def _die_with_parent(self) -> None:
        """Runs in the child after the change of user, which would clear the setting."""
        libc.prctl(PR_SET_PDEATHSIG, self.stop_signal)

    @property
    def pid(self) -> int:
        assert self.popen is not None, f"{self.name} was never started"
        return self.popen.pid

    @property
    def is_running(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self.popen.poll() if self.popen else None

    def stop(self, timeout: float = 20.0) -> None:
        """Ask it to end, and kill it with all its children when it does not."""
        self.ask_to_stop()
        self.wait_stopped(timeout)

    def ask_to_stop(self, how: signal.Signals | None = None) -> None:
        if self.is_running:
            self.thaw()
            os.kill(self.pid, how or self.stop_signal)

    def wait_stopped(self, timeout: float) -> None:
        if self.popen is None:
            return
        try:
            self.popen.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill(tree=True)

    def kill(self, *, tree: bool = False) -> None:
        """SIGKILL, without a word of warning; with `tree`, to every descendant too."""
        if self.popen is None:
            return
        victims = list(descendants(self.pid)) if tree else []
        self._signal_all([self.pid, *victims], signal.SIGKILL)
        self.popen.wait()

    def freeze(self) -> None:
        """Stop the program and its children where they stand, as a stalled machine does."""
        self._signal_all([self.pid, *descendants(self.pid)], signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all([self.pid, *descendants(self.pid)], signal.SIGCONT)

    def _signal_all(self, pids: Sequence[int], what: signal.Signals) -> None:
        if self.exit_code is not None:
            return
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, what)

    def log_tail(self, lines: int = 8) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def descendants(pid: int) -> Iterator[int]:
    """Children, grandchildren and so on. PostgreSQL's lead sessions of their own, so the
    process group does not hold them all."""
    children: dict[int, list[int]] = {}
    # Names alone first: a glob for `*/stat` asks after each, and stumbles over one that has just ended.
    for name in filter(str.isdecimal, os.listdir("/proc")):
        # The command name stands in brackets and may itself hold spaces and brackets.
        with suppress(OSError):
            stat = Path("/proc", name, "stat").read_text(errors="replace")
            _state, parent, *_rest = stat.rpartition(")")[2].split()
            children.setdefault(int(parent), []).append(int(name))
    todo = list(children.get(pid, []))
    while todo:
        child = todo.pop()
        todo += children.get(child, [])
        yield child


def state_of(pid: int) -> str | None:
    """The kernel's one-letter state ("Z" is a zombie), or None when there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[0]
