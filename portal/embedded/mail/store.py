"""Letters as files of a maildir, newest first."""

import itertools
import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from zoneinfo import ZoneInfo

ENVELOPE_TO = "X-Envelope-To"
OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
KEY = re.compile(r"[0-9]+\.[0-9]+_[0-9]+\.portal")


@dataclass(frozen=True)
class Letter:
    key: str
    message: EmailMessage

    @property
    def received_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.key.split(".")[0]) / 1e9, OFFICE_TIME)

    @property
    def recipients(self) -> str:
        return str(self.message[ENVELOPE_TO] or "")

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(không có tiêu đề)")


@dataclass
class MailStore:
    folder: Path

    def __post_init__(self) -> None:
        for name in ("tmp", "new", "cur"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._numbers = itertools.count()

    def add(self, content: bytes, recipients: Sequence[str]) -> str:
        """Complete under its name or not there at all. The envelope's recipients go on top,
        since the letter itself does not have to name them."""
        key = f"{time.time_ns()}.{os.getpid()}_{next(self._numbers)}.portal"
        unfinished = self.folder / "tmp" / key
        unfinished.write_bytes(f"{ENVELOPE_TO}: {', '.join(recipients)}\r\n".encode() + content)
        unfinished.rename(self.folder / "new" / key)
        return key

    def keys(self) -> list[str]:
        return sorted((path.name for path in (self.folder / "new").iterdir()), reverse=True)

    def headers(self, keys: Sequence[str]) -> Iterator[Letter]:
        parser = BytesHeaderParser(policy=policy.default)
        for key in keys:
            with (self.folder / "new" / key).open("rb") as file:
                yield Letter(key, parser.parse(file))

    def get(self, key: str) -> Letter | None:
        """The whole letter; None for any key that is not one of ours."""
        file = self.folder / "new" / key
        if not KEY.fullmatch(key) or not file.is_file():
            return None
        with file.open("rb") as source:
            return Letter(key, BytesParser(policy=policy.default).parse(source))
