"""The test stand: the whole house, all of it to be hurt, and what must hold afterwards."""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress

from stand import House

from portal.embedded.process import Process

FINAL = {"sent", "failed", "no_address", "cancelled", "uncertain"}
WITHOUT_A_COPY = {"retry", "failed", "no_address", "cancelled", "uncertain"}


class Stand(House):
    def __init__(self) -> None:
        super().__init__(durable=True, settings="faults.settings", WEB_WORKERS="1", WEB_THREADS="8")
        self.senders: list[Process] = []
        self.slowest_answer = 0.0

    def start(self, people: int) -> None:
        self.start_servers()
        self.finish(self.manage("migrate", "-v0"))
        self.start_web()
        self.press(f"people/{people}/")

    def stop(self) -> None:
        self.have_senders(0)
        super().stop()

    def have_senders(self, number: int) -> None:
        """Exactly so many loops alive."""
        self.senders = [process for process in self.senders if process.is_running]
        while len(self.senders) > number:
            self.senders.pop().stop()
        while len(self.senders) < number:
            self.senders.append(self.manage("outbox_drain", "--loop"))

    # --- pages ---

    def press(self, address: str, /, **fields: object) -> dict:
        """A POST; how long it took is remembered."""
        data = urllib.parse.urlencode(fields, doseq=True).encode()
        started = time.monotonic()
        with urllib.request.urlopen(f"{self.address}/{address}", data=data, timeout=20) as page:
            answer: dict = json.load(page)
        self.slowest_answer = max(self.slowest_answer, time.monotonic() - started)
        return answer

    def board(self, notice: int) -> dict:
        """As the office sees it; errors while the database is away are waited out."""
        deadline = time.monotonic() + 15
        while True:
            with suppress(urllib.error.HTTPError):
                return self.press(f"board/{notice}/")
            assert time.monotonic() < deadline, self.web.log_tail(20)
            time.sleep(0.2)

    # --- rows ---

    def deliveries(self, notice: int) -> list[tuple]:
        return self.rows(
            "SELECT message_id, state, reason, reply, attempts, id FROM portal_delivery WHERE notice_id = %s",
            notice,
        )

    def states(self, notice: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for _, state, *_ in self.deliveries(notice):
            found[state] = found.get(state, 0) + 1
        return found

    def settle(self, notice: int, seconds: float = 60) -> dict[str, int]:
        """Wait until every row has its final state."""
        self.wait(lambda: set(self.states(notice)) <= FINAL, f"the end of notice {notice}", seconds)
        return self.states(notice)

    def wait_taken(self, number: int, seconds: float = 30) -> None:
        self.wait(lambda: len(self.mail.notes("taken")) >= number, f"{number} letters", seconds)

    def check(self, notice: int, *, in_doubt: int = 0, repeats: int = 0) -> None:
        """I1 to I6 of reliability §5, counted at the mail server."""
        rows, taken, board = self.deliveries(notice), self.mail.taken, self.board(notice)
        ours = {message: taken[message] for message, *_ in rows}
        states = {message: state for message, state, *_ in rows}
        extra = sum(max(0, copies - 1) for copies in ours.values())
        doubtful = sum(state == "uncertain" for state in states.values())
        results = {
            "I1 no loss in silence": all(
                states[m] in (WITHOUT_A_COPY if not n else {"sent", "uncertain"}) for m, n in ours.items()
            ),
            "I2 no double in silence": extra <= repeats,
            "I3 doubt is bounded": doubtful <= in_doubt,
            "I4 all final, with a reason": all(
                state in FINAL and (state in ("sent", "no_address") or reason)
                for _, state, reason, *_ in rows
            ),
            "I5 board equals the server's count": board["states"].get("sent", 0)
            == sum(bool(n) for m, n in ours.items() if states[m] == "sent")
            and sum(board["states"].values()) == board["recipients"] == len(rows),
            "I6 one portal copy each, quick answers": board["copies"] == board["portal"] == board["accounts"]
            and self.slowest_answer <= 5,
            "the portal's own check": board["broken"] == [],
        }
        for name, holds in results.items():
            sys.stdout.write(f"{'ok  ' if holds else 'FAIL'} {name}\n")
        assert all(results.values()), (results, board, {"extra": extra, "doubtful": doubtful})
