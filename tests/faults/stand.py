"""The test stand: the whole house, all of it to be hurt."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from cast import PASSWORD
from stand import House

from faults.browser import Browser, Page
from portal.embedded.process import Process, descendants

FINAL = {"sent", "failed", "no_address", "cancelled", "uncertain"}
OFFICE = "off"
#: Summonses with their calendars, to a mail server that takes its time: two senders manage this many.
LEAST_A_SECOND = 25


class Answer(NamedTuple):
    """What a reader got while something was being hurt; status 0 is no answer at all."""

    status: int
    retry_after: str | None


class Stand(House):
    def __init__(self) -> None:
        # Loaded before the fork, so that a killed web process is replaced at once.
        web = {"WEB_WORKERS": "1", "WEB_THREADS": "8", "GUNICORN_CMD_ARGS": "--preload"}
        super().__init__(durable=True, settings="faults.settings", **web)
        self.senders: list[Process] = []
        self.office = self.browser()
        #: Prepares and looks behind the scenes; its answers are not timed.
        self.stagehand = self.browser()

    def start(self, people: int) -> None:
        self.start_servers()
        self.build_tables()
        self.start_web()
        self.press(f"thu/people/{people}/")
        self.office = self.signed_in(OFFICE)

    def begin(self, *, senders: int) -> None:
        """A fresh start for one test: the mail server behaves, nothing is remembered."""
        self.mail.forget()
        self.office.slowest = 0.0
        self.have_senders(senders)

    def stop(self) -> None:
        self.have_senders(0)
        super().stop()

    def kill_web_process(self) -> None:
        """The process that answers; its parent starts another one."""
        os.kill(next(descendants(self.web.pid)), signal.SIGKILL)

    # --- senders ---

    def have_senders(self, number: int) -> None:
        """Exactly so many loops alive."""
        self.senders = [process for process in self.senders if process.is_running]
        while len(self.senders) > number:
            self.senders.pop().stop()
        while len(self.senders) < number:
            self.senders.append(self.manage("outbox_drain", "--loop"))

    def send_once(self) -> None:
        """As the cron line does."""
        self.finish(self.manage("outbox_drain", "--once"))

    def logged(self, words: str) -> int:
        """How often the loops have said so, ever."""
        return self.senders[0].log.read_text().count(words)

    # --- pages ---

    def browser(self) -> Browser:
        return Browser(f"{self.address}/")

    def signed_in(self, username: str) -> Browser:
        browser = self.browser()
        browser.get("tai-khoan/dang-nhap/")
        browser.post("tai-khoan/dang-nhap/", username=username, password=PASSWORD)
        assert browser.get("thong-bao/").status == 200
        return browser

    def press(self, address: str, /, *, hand: Browser | None = None, **fields: object) -> dict:
        """A button of the tests' own pages."""
        page = (hand or self.stagehand).post(address, **fields)
        assert page.status == 200, page.text
        return page.json

    def send(self, number: int, **fields: object) -> int:
        """A mass sending; the number of its notice."""
        notice: int = self.press(f"thu/send/{number}/", hand=self.office, **fields)["notice"]
        return notice

    def board(self, notice: int, query: str = "") -> Page:
        page = self.office.get(f"thong-bao/{notice}/gui/{query}")
        assert page.status == 200, page.text
        return page

    @contextmanager
    def reading(self) -> Iterator[list[Answer]]:
        """Somebody turns pages without a pause meanwhile; whoever asks gets the answers."""
        reader, answers, done = self.signed_in("mem_a1"), [], threading.Event()

        def read() -> None:
            while not done.wait(0.05):
                for address in ("", "thong-bao/", "hop/"):
                    answers.append(self._ask(reader, address))

        thread = threading.Thread(target=read)
        thread.start()
        try:
            yield answers
        finally:
            done.set()
            thread.join()
            self.office.slowest = max(self.office.slowest, reader.slowest)

    def _ask(self, reader: Browser, address: str) -> Answer:
        with suppress(OSError):
            page = reader.get(address)
            return Answer(page.status, page.headers["Retry-After"])
        return Answer(0, None)

    def fill_pool(self) -> None:
        """So many readers at once that the web process has all the connections that it may have."""
        readers = [threading.Thread(target=self.browser().get, args=("suc-khoe/",)) for _ in range(40)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

    # --- rows ---

    def deliveries(self, notice: int) -> list:
        return self.rows(
            "SELECT id, message_id, name, address, state, reason, attempts, history"
            " FROM portal_delivery WHERE notice_id = %s ORDER BY id",
            notice,
        )

    def states(self, notice: int) -> dict[str, int]:
        return dict(Counter(row.state for row in self.deliveries(notice)))

    def notices_about(self, meeting: int) -> list[int]:
        found = self.rows(
            "SELECT notice.id FROM portal_notice notice"
            " JOIN django_content_type kind ON kind.id = about_type_id"
            " WHERE kind.model = 'meeting' AND about_id = %s ORDER BY notice.id",
            meeting,
        )
        return [row.id for row in found]

    # --- patience ---

    def settle(self, notice: int, seconds: float = 60) -> dict[str, int]:
        """Wait until every row has its final state: `seconds`, and more for more than a few letters."""
        seconds += sum(self.states(notice).values()) / LEAST_A_SECOND
        self.wait(lambda: set(self.states(notice)) <= FINAL, f"the end of notice {notice}", seconds)
        return self.states(notice)

    def wait_taken(self, number: int, seconds: float = 30) -> None:
        self.wait(lambda: len(self.mail.notes("taken")) >= number, f"{number} letters", seconds)
