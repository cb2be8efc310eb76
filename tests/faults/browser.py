"""A browser of the tests: keeps cookies, fills in the CSRF field, and knows its slowest answer."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPMessage
from http.cookiejar import CookieJar

TALLY = re.compile(r'trang_thai=(\w+)">([\d.]+)</a>')
TOTAL = re.compile(r"Tổng số người nhận</b></dt><dd>([\d.]+)</dd>")


@dataclass(frozen=True)
class Page:
    status: int
    headers: HTTPMessage
    text: str

    @property
    def json(self) -> dict:
        return json.loads(self.text)


@dataclass(frozen=True)
class Board:
    """What the page of a sending shows: letters per state, and the recipients they add up to."""

    states: dict[str, int]
    recipients: int

    @classmethod
    def read(cls, page: Page) -> "Board":
        states = {state: _number(found) for state, found in TALLY.findall(page.text)}
        return cls(states, _number(TOTAL.search(page.text)[1]))


class Browser:
    def __init__(self, site: str) -> None:
        self.site = site
        self.slowest = 0.0
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, address: str) -> Page:
        return self._open(address, None)

    def post(self, address: str, /, **fields: object) -> Page:
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrf"), "")
        given = fields | {"csrfmiddlewaretoken": token}
        return self._open(address, urllib.parse.urlencode(given, doseq=True).encode())

    def _open(self, address: str, data: bytes | None) -> Page:
        """Any answer is a page, a refusal too; no answer at all is an OSError."""
        started = time.monotonic()
        try:
            answer = self.opener.open(f"{self.site}{address}", data, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            page = Page(answer.status, answer.headers, answer.read().decode())
        self.slowest = max(self.slowest, time.monotonic() - started)
        return page


def _number(words: str) -> int:
    return int(words.replace(".", ""))
