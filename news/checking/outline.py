"""An item as the checker reads it: its lines with their links, its headings and its pictures, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from news.models import Article
from portal.richtext import clean

TITLE, LEAD, FIRST = 0, 1, 2
_HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
_LINES = {"p", "li", "blockquote", "td", "th", "caption", "figcaption", "div", *_HEADINGS}
#: Words of a line that are told with its place, so that it is found at a glance.
_WORDS_TOLD = 6


@dataclass
class Link:
    href: str
    words: str = ""
    has_picture: bool = False


@dataclass
class Picture:
    alt: str
    number: int


@dataclass
class Line:
    """A paragraph, a list item or a cell. `number` is 0 for the title, 1 for the lead, from 2 on the body."""

    number: int
    words: str = ""
    level: int = 0
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def where(self) -> str:
        if self.number == TITLE:
            return "Tiêu đề"
        if self.number == LEAD:
            return "Đoạn mở đầu"
        kind = "Đề mục" if self.level else "Đoạn"
        if not self.words:
            return f"Đoạn {self.number - LEAD} của nội dung"
        first, rest = self.words.split()[:_WORDS_TOLD], self.words.split()[_WORDS_TOLD:]
        return f"{kind} “{' '.join(first)}{' …' if rest else ''}”"


@dataclass
class Outline:
    title: Line
    lead: Line
    body: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [self.title, self.lead, *self.body]

    @property
    def pictures(self) -> list[tuple[Line, Picture]]:
        return [(line, picture) for line in self.body for picture in line.pictures]

    @property
    def links(self) -> list[tuple[Line, Link]]:
        return [(line, link) for line in self.body for link in line.links]


def outline_of(article: Article) -> Outline:
    reader = _Reader()
    reader.feed(clean(article.body))
    reader.close()
    return Outline(Line(TITLE, article.title), Line(LEAD, article.lead), reader.finished())


class _Reader(HTMLParser):
    """Reads cleaned markup: well nested, every attribute quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [Line(FIRST)]
        self._link: Link | None = None
        self._pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _LINES:
            self._new_line(_HEADINGS.get(tag, 0))
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "a":
            self._link = Link(given.get("href", ""))
            self._lines[-1].links.append(self._link)
        elif tag == "img":
            self._pictures += 1
            self._lines[-1].pictures.append(Picture(given.get("alt", "").strip(), self._pictures))
            if self._link:
                self._link.has_picture = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None
        elif tag in _LINES:
            self._new_line(0)

    def handle_data(self, data: str) -> None:
        self._lines[-1].words += data
        if self._link:
            self._link.words += data

    def _new_line(self, level: int) -> None:
        self._lines.append(Line(FIRST, level=level))

    def finished(self) -> list[Line]:
        """Without the lines that hold nothing, numbered as a reader counts them."""
        for line in self._lines:
            line.words = " ".join(line.words.split())
        kept = [line for line in self._lines if line.words or line.links or line.pictures or line.level]
        for number, line in enumerate(kept, start=FIRST):
            line.number = number
        return kept
