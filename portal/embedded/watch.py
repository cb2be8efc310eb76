"""Bring back a process that died, and not in a tight loop."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from portal.embedded.process import Process

QUICK_DEATH = 5.0
LONGEST_PAUSE = 30.0


@dataclass
class Watch:
    """`look` often: it starts the process anew when it has died, at once the first time, then
    after pauses that double as long as it keeps dying young."""

    process: Process
    start: Callable[[], None]
    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    started_at: float = field(default=0.0, init=False)
    due_at: float | None = field(default=None, init=False)
    pause: float = field(default=0.0, init=False)

    def begin(self) -> None:
        self.start()
        self.started_at = self.clock()

    def look(self) -> None:
        if self.process.is_running:
            return
        if self.due_at is None:
            self._plan()
        if self.due_at is not None and self.clock() >= self.due_at:
            self.due_at = None
            self.begin()

    def _plan(self) -> None:
        now = self.clock()
        died_young = now - self.started_at < QUICK_DEATH
        self.pause = min(max(1.0, self.pause * 2), LONGEST_PAUSE) if died_young else 0.0
        self.due_at = now + self.pause
        when = f"sau {self.pause:.0f} giây" if self.pause else "ngay"
        self.say(
            f"{self.process.name} đã dừng (mã {self.process.exit_code}), khởi động lại {when}. "
            f"Nhật ký: {self.process.log}"
        )
