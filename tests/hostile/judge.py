"""Rule R0: what a parsed document may hold. Written anew from the rule, not taken from the cleaner."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

ELEMENTS = frozenset(
    """p br h2 h3 h4 strong b em i u s sub sup ol ul li blockquote hr a img figure figcaption table caption
    thead tbody tfoot tr th td colgroup col span div""".split()  # noqa: SIM905
)
ATTRIBUTES = {
    "a": {"href", "title", "target", "rel"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing"},
    "col": {"span"},
    "colgroup": {"span"},
}
PROPERTIES = set(
    """text-align text-decoration text-indent margin-left margin-right padding-left width height float border
    border-top border-right border-bottom border-left border-color border-style border-width border-collapse
    vertical-align color background-color font-weight font-style list-style-type""".split()  # noqa: SIM905
)
_HARMFUL_VALUE = re.compile(r"url|expression|javascript|var\(|calc|[\\<>{}@]|-\d{3}|\b\d{5}", re.IGNORECASE)
_PICTURE = re.compile(r"/anh/[0-9a-f-]{36}/")
_INVISIBLE = re.compile("[\x00-\x20\u00a0\u200b-\u200f\ufeff]")


class Judge(HTMLParser):
    """Walks a document and collects what should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += faults_of_element(tag, {name: value or "" for name, value in attrs})

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data[:40]!r}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults_of(html: str) -> list[str]:
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.faults


def faults_of_element(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag not in ELEMENTS:
        yield f"element {tag}"
    for name, value in attributes.items():
        if name == "style":
            yield from _faults_of_style(value)
        elif name not in ATTRIBUTES.get(tag, set()):
            yield f"attribute {tag}.{name}"
    yield from _faults_of_addresses(tag, attributes)


def _faults_of_addresses(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    scheme = urlsplit(_INVISIBLE.sub("", attributes.get("href", ""))).scheme
    if scheme not in ("", "http", "https", "mailto", "tel"):
        yield f"scheme {scheme}"
    if tag == "a" and attributes.get("rel") != "noopener noreferrer":
        yield "link without rel"
    if attributes.get("target", "_blank") != "_blank":
        yield "target"
    if tag == "img" and not _PICTURE.fullmatch(attributes.get("src", "")):
        yield "picture from elsewhere"
    if any(
        len(attributes.get(name, "")) > limit for name, limit in (("colspan", 3), ("width", 5), ("start", 4))
    ):
        yield "size"


def _faults_of_style(style: str) -> Iterator[str]:
    for declaration in filter(None, style.split(";")):
        name, _, value = declaration.partition(":")
        if name.strip() not in PROPERTIES or _HARMFUL_VALUE.search(value):
            yield f"style {declaration}"
