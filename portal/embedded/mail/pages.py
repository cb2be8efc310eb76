"""The browser's side of the catcher: a list, one letter, its HTML in a sandbox, its files.

A letter is hostile until proven otherwise, also here: everything is escaped, the HTML is served
with a policy that allows no script and no request to another host, and files are only downloads.
"""

import re
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from portal.embedded.mail.store import Letter, MailStore
from portal.embedded.ports import LOOPBACK

PAGE_SIZE = 50
OWN_HOSTS = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
LINK = re.compile(r"https?://[^\s<>\"]+")
OWN_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
# Links of a letter open in a tab of their own, freed of the sandbox; nothing else is allowed.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
LETTER_POLICY = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox {SANDBOX}"

STYLE = """
:root { color-scheme: light; --line: #ddd5cb; --accent: #9b1c1c; }
body { font: 17px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: #221d18;
       background: #fbf9f6; max-width: 72rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; } form { margin: 1rem 0; }
a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; background: #fff; }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; } td:first-child, th { white-space: nowrap; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; }
pre, iframe { background: #fff; border: 1px solid var(--line); }
iframe { width: 100%; height: 34rem; }
input, button { font: inherit; padding: .35rem .75rem; } nav { display: flex; gap: 1rem; margin: 1rem 0; }
"""


@dataclass(frozen=True)
class Answer:
    body: bytes
    type: str = "text/html; charset=utf-8"
    policy: str = OWN_POLICY
    status: HTTPStatus = HTTPStatus.OK
    file_name: str = ""


def page(title: str, content: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    html = (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(title)} · Hộp thư thử</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/kieu.css">'
        f"<h1>{escape(title)}</h1>{content}</html>"
    )
    return Answer(html.encode(), status=status)


def not_found() -> Answer:
    return page("Không có thư này", '<p><a href="/">Về danh sách thư</a></p>', status=HTTPStatus.NOT_FOUND)


@dataclass(frozen=True)
class MailPages:
    """From an address to an answer."""

    store: MailStore

    def answer(self, address: str) -> Answer:
        url = urlsplit(address)
        match [part for part in url.path.split("/") if part]:
            case []:
                query = parse_qs(url.query)
                return self.listing(query.get("toi", [""])[0], query.get("tu", [""])[0])
            case ["kieu.css"]:
                return Answer(STYLE.encode(), "text/css; charset=utf-8")
            case ["thu", key, *rest] if letter := self.store.get(key):
                return self.letter(letter, rest)
        return not_found()

    def listing(self, recipient: str, after: str) -> Answer:
        keys = self.store.keys()
        total = len(keys)
        if recipient:
            wanted = recipient.casefold()
            found = [one for one in self.store.headers(keys) if wanted in one.recipients.casefold()]
            keys = [one.key for one in found]
        shown = [key for key in keys if not after or key < after]
        rows = "".join(map(_row, self.store.headers(shown[:PAGE_SIZE])))
        older = urlencode({"toi": recipient, "tu": shown[PAGE_SIZE - 1]}) if len(shown) > PAGE_SIZE else ""
        return page(
            "Hộp thư thử",
            "<p>Mọi thư cổng gửi đi đều dừng lại ở đây, không tới người nhận thật. "
            f"Đang giữ {total} thư.</p>"
            f'<form><label>Tới địa chỉ có <input name="toi" value="{escape(recipient)}"></label> '
            "<button>Lọc</button></form>"
            + (
                "<table><thead><tr><th>Lúc<th>Tới<th>Tiêu đề</thead>" + f"<tbody>{rows}</tbody></table>"
                if rows
                else "<p>Chưa có thư nào.</p>"
            )
            + "<nav>"
            + ('<a href="/">Mới nhất</a>' if recipient or after else '<a href="/">Xem thư mới</a>')
            + (f'<a href="/?{escape(older)}">Cũ hơn</a>' if older else "")
            + "</nav>",
        )

    def letter(self, letter: Letter, rest: list[str]) -> Answer:
        match rest:
            case []:
                return _letter_page(letter)
            case ["html"]:
                return _html_of(letter.message)
            case ["goc"]:
                return Answer(letter.message.as_bytes(), "text/plain; charset=utf-8", LETTER_POLICY)
            case ["tep", number] if number.isdecimal():
                return _file_of(letter.message, int(number))
        return not_found()


def _row(letter: Letter) -> str:
    return (
        f"<tr><td>{letter.received_at:%d/%m/%Y %H:%M:%S}<td>{escape(letter.recipients)}"
        f'<td><a href="/thu/{letter.key}">{escape(letter.subject)}</a>'
    )


def _letter_page(letter: Letter) -> Answer:
    message = letter.message
    shown = ("From", "To", "Reply-To", "Date", "Message-ID")
    labels = ("Người gửi", "Người nhận", "Trả lời tới", "Ngày", "Mã thư")
    rows = "".join(
        f"<tr><th>{label}<td>{escape(str(message[name]))}"
        for name, label in zip(shown, labels, strict=True)
        if message[name]
    )
    files = "".join(
        f'<li><a href="/thu/{letter.key}/tep/{number}">{escape(_name_of(part, number))}</a> '
        f"({escape(part.get_content_type())})"
        for number, part in enumerate(_files(message))
    )
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    return page(
        letter.subject,
        f'<nav><a href="/">Danh sách thư</a><a href="/thu/{letter.key}/goc">Bản gốc</a></nav>'
        f"<table>{rows}<tr><th>Phong bì<td>{escape(letter.recipients)}</table>"
        + (f"<h2>Tệp kèm</h2><ul>{files}</ul>" if files else "")
        + (
            f'<h2>Dạng HTML</h2><iframe sandbox="{SANDBOX}" title="Thư dạng HTML" '
            f'src="/thu/{letter.key}/html"></iframe>'
            if html
            else ""
        )
        + (f"<h2>Dạng chữ</h2><pre>{_with_links(_text_of(text))}</pre>" if text else ""),
    )


def _html_of(message: EmailMessage) -> Answer:
    html = message.get_body(("html",))
    if html is None:
        return not_found()
    return Answer(b'<!doctype html><base target="_blank">' + _text_of(html).encode(), policy=LETTER_POLICY)


def _file_of(message: EmailMessage, number: int) -> Answer:
    files = _files(message)
    if number >= len(files):
        return not_found()
    part = files[number]
    body = part.get_payload(decode=True)
    return Answer(
        body if isinstance(body, bytes) else b"",
        "application/octet-stream",
        LETTER_POLICY,
        file_name=_name_of(part, number),
    )


def _files(message: EmailMessage) -> list[EmailMessage]:
    """Every part that is not the letter's own text: attachments, invitations, pictures."""
    bodies = (message.get_body(("plain",)), message.get_body(("html",)))
    leaves = (part for part in message.walk() if not part.is_multipart())
    return [part for part in leaves if part not in bodies]


def _name_of(part: EmailMessage, number: int) -> str:
    return part.get_filename() or f"phan-{number + 1}.{part.get_content_subtype()}"


def _text_of(part: MIMEPart) -> str:
    """Its characters; an unknown charset shows as signs of doubt instead of an error page."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        body = part.get_payload(decode=True)
        return body.decode("utf-8", errors="replace") if isinstance(body, bytes) else ""


def _with_links(text: str) -> str:
    out, end = [], 0
    for link in LINK.finditer(text):
        address = escape(link[0])
        out += [escape(text[end : link.start()]), f'<a href="{address}" rel="noreferrer">{address}</a>']
        end = link.end()
    return "".join([*out, escape(text[end:])])


def pages(store: MailStore, port: int) -> ThreadingHTTPServer:
    mail_pages = MailPages(store)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A name that only resolves to this machine is a foreign page's trick to read it.
            if not OWN_HOSTS.fullmatch(self.headers.get("Host", "")):
                self.send_error(HTTPStatus.BAD_REQUEST)
                return
            answer = mail_pages.answer(self.path)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Content-Security-Policy", answer.policy)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            if answer.file_name:
                name = quote(answer.file_name, safe="")
                self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
            self.end_headers()
            self.wfile.write(answer.body)

        def version_string(self) -> str:
            return "mail"

    return ThreadingHTTPServer((LOOPBACK, port), Handler)
