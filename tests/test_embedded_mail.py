"""The mail catcher: takes every letter, shows it in the browser, trusts none of it."""

import smtplib
import urllib.error
import urllib.request
from email.message import EmailMessage

import pytest

from portal.embedded.mail.pages import PAGE_SIZE, MailPages
from portal.embedded.mail.server import MailCatcher
from portal.embedded.mail.store import MailStore


@pytest.fixture
def catcher(base):
    with MailCatcher(base) as catcher:
        yield catcher


@pytest.fixture
def store(tmp_path):
    return MailStore(tmp_path)


def letter(subject="Giấy triệu tập Hội nghị", text="Kính mời đồng chí", **headers):
    message = EmailMessage()
    message["From"] = "Văn phòng <van-phong@portal.invalid>"
    message["To"] = "dong-chi@portal.invalid"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    return message


def get(catcher, path, host=None):
    request = urllib.request.Request(catcher.pages.rstrip("/") + path, headers={"Host": host} if host else {})
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode(), answer.headers


def html_of(store, path):
    return MailPages(store).answer(path).body.decode()


def test_a_letter_sent_is_listed_and_read(catcher):
    with smtplib.SMTP("127.0.0.1", catcher.smtp_port) as smtp:
        smtp.send_message(letter(), to_addrs=["an@portal.invalid", "binh@portal.invalid"])

    listed, headers = get(catcher, "/")
    (key,) = MailStore(catcher.folder).keys()
    read, _ = get(catcher, f"/thu/{key}")

    assert "Giấy triệu tập Hội nghị" in listed and "an@portal.invalid, binh@portal.invalid" in listed
    assert "Kính mời đồng chí" in read
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_page_under_a_foreign_name_is_refused(catcher):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        get(catcher, "/", host="evil.example")

    assert refusal.value.code == 400
    refusal.value.close()


def test_a_second_start_adopts_it_and_keeps_the_addresses(catcher):
    with MailCatcher(catcher.base) as second:
        assert (second.adopted, second.url, second.pages) == (True, catcher.url, catcher.pages)
    assert catcher.is_answering

    second.stop_adopted()
    catcher.process.wait_stopped(5)

    assert not catcher.is_answering


def test_letters_survive_a_restart(catcher):
    MailStore(catcher.folder).add(letter().as_bytes(), ["an@portal.invalid"])

    catcher.restart()

    assert "Đang giữ 1 thư" in get(catcher, "/")[0]


def test_everything_a_letter_says_is_escaped(store):
    bad = "<script>alert(1)</script>"
    key = store.add(letter(subject=bad, text=f"{bad} http://x/?a=\"b\"'c'").as_bytes(), [bad])

    for page in (html_of(store, "/"), html_of(store, f"/thu/{key}"), html_of(store, f"/?toi={bad}")):
        assert "<script" not in page


def test_html_is_shown_in_a_sandbox_without_scripts_or_requests(store):
    message = letter()
    message.add_alternative("<p onclick='x()'>Kính mời</p><img src='http://out.example/x'>", subtype="html")
    key = store.add(message.as_bytes(), ["an@portal.invalid"])

    answer = MailPages(store).answer(f"/thu/{key}/html")

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in html_of(store, f"/thu/{key}")
    assert "default-src 'none'; img-src data:" in answer.policy and "sandbox" in answer.policy
    assert "allow-scripts" not in answer.policy


def test_links_of_the_text_can_be_followed(store):
    key = store.add(
        letter(text="Trả lời: http://127.0.0.1:8000/hop/1/?a=1&b=2 .").as_bytes(), ["an@x.invalid"]
    )

    assert '<a href="http://127.0.0.1:8000/hop/1/?a=1&amp;b=2"' in html_of(store, f"/thu/{key}")


def test_files_are_listed_and_only_downloaded(store):
    message = letter()
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="lịch họp.ics")
    message.add_attachment(b"<script>", maintype="text", subtype="html", filename='x"y.html')
    key = store.add(message.as_bytes(), ["an@portal.invalid"])

    invitation = MailPages(store).answer(f"/thu/{key}/tep/0")

    assert "lịch họp.ics" in html_of(store, f"/thu/{key}")
    assert (invitation.type, invitation.file_name) == ("application/octet-stream", "lịch họp.ics")
    assert invitation.body.startswith(b"BEGIN:VCALENDAR")
    assert MailPages(store).answer(f"/thu/{key}/tep/1").type == "application/octet-stream"
    assert MailPages(store).answer(f"/thu/{key}/tep/2").status == 404


def test_a_letter_in_an_unknown_alphabet_is_shown_all_the_same(store):
    raw = b"Subject: x\r\nContent-Type: text/plain; charset=tcvn-9\r\n\r\nabc \xff"
    key = store.add(raw, ["an@portal.invalid"])

    assert "abc" in html_of(store, f"/thu/{key}")


@pytest.mark.parametrize(
    "path", ["/thu/../ports", "/thu/%2e%2e", "/thu/1.1_1.portal", "/thu/1.1_1.portal/x", "/x"]
)
def test_an_unknown_address_is_not_found(store, path):
    assert MailPages(store).answer(path).status == 404


def test_the_list_is_paged_and_filtered_by_recipient(store):
    for number in range(PAGE_SIZE + 2):
        store.add(letter(subject=f"Thư {number}").as_bytes(), [f"người-{number}@portal.invalid"])

    first = html_of(store, "/")
    older = first.partition('href="/?')[2].partition('"')[0].replace("&amp;", "&")

    assert first.count("<tr><td>") == PAGE_SIZE and "Thư 51" in first
    assert html_of(store, f"/?{older}").count("<tr><td>") == 2
    assert html_of(store, "/?toi=-17@").count("<tr><td>") == 1
