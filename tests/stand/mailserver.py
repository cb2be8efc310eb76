"""The sink from the test's side: start, hurt, and read what it took."""

import email
import json
import random
import sys
import time
from collections import Counter
from email import policy
from email.message import EmailMessage
from pathlib import Path

from portal.embedded.ports import LOOPBACK, free_port, is_free
from portal.embedded.process import Process

SCRIPT = Path(__file__).with_name("sink.py")


class MailServer:
    def __init__(self, folder: Path) -> None:
        # Somewhere, so that two runs at once do not meet.
        self.port = free_port(random.randrange(20_000, 25_000))
        self.log = folder / "sink.log"
        self.rules_file = folder / "sink.rules"
        self.process = Process(
            name="sink", command=[sys.executable, SCRIPT, str(self.port), self.log], log=folder / "sink.out"
        )

    @property
    def url(self) -> str:
        return f"smtp://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        self.process.start()
        deadline = time.monotonic() + 10
        while is_free(self.port):
            assert time.monotonic() < deadline, self.process.log_tail()
            time.sleep(0.02)

    def stop(self) -> None:
        self.process.stop()

    def rule(self, **rules: object) -> None:
        """From now on exactly these rules; none: behave."""
        self.rules_file.write_text(json.dumps(rules))
        time.sleep(0.03)

    def forget(self) -> None:
        """An empty log, and good manners."""
        self.rule()
        with self.log.open("a") as log:
            log.truncate(0)

    def notes(self, what: str) -> list[dict]:
        if not self.log.exists():
            return []
        lines = self.log.read_text().strip("\0").splitlines()
        return [note for line in lines if line.startswith("{") and (note := json.loads(line))["what"] == what]

    def noted(self, what: str) -> set[str]:
        """The Message-IDs of such notes."""
        return {note["id"] for note in self.notes(what)}

    def letters(self) -> list[EmailMessage]:
        """What was taken since `rule(keep=True)`, in the order taken."""
        files = sorted(self.log.parent.glob("*.eml"), key=lambda file: int(file.stem))
        return [email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    @property
    def taken(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(note["id"] for note in self.notes("taken"))
