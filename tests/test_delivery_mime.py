"""Letters on the wire: read back by the standard library, right in Vietnamese, closed to injection."""

import email
import email.policy

import pytest
from django.core.exceptions import ValidationError
from letters import CALENDAR, Plain, people, post

from portal import outbox
from portal.delivery import mime
from portal.outbox import Letter, Recipient

pytestmark = pytest.mark.django_db
LETTER = Letter(
    subject="Giấy mời dự Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 20 (mở rộng), chiều 26/9/2024",
    text="Kính gửi đồng chí.\n.\nMột dòng chỉ có dấu chấm.",
    html="<p>Kính gửi đồng chí.</p>",
    attachments=(CALENDAR,),
)


def built(cast, recipient=None, letter=LETTER):
    outbox.register(Plain())
    notice = post(cast.r, [recipient] if recipient else people(1))
    row = notice.deliveries.get()
    return row, email.message_from_bytes(mime.build(row, letter, row.address), policy=email.policy.default)


def test_every_part_reads_back(cast):
    row, message = built(cast)

    parts = [part for part in message.walk() if not part.is_multipart()]
    assert message["Subject"] == LETTER.subject
    assert message["To"] == f"{row.name} <{row.address}>"
    assert message["Message-ID"] == row.message_id
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[0].get_content().strip() == LETTER.text
    assert parts[2].get_payload(decode=True) == CALENDAR.content
    assert parts[2].get_filename() == "lich.ics"
    assert message.defects == []


def test_a_repeat_is_the_same_letter(cast):
    row, _ = built(cast)

    assert mime.build(row, LETTER, row.address) == mime.build(row, LETTER, row.address)


def test_a_repeat_after_doubt_says_so(cast):
    row, _ = built(cast)
    row.attempts, row.history = 1, [{"state": "uncertain"}]

    assert b"\r\nX-Portal-Attempt: 2\r\n" in mime.build(row, LETTER, row.address)


@pytest.mark.parametrize(
    "name",
    [
        "Ông A\r\nBcc: ke-la@nhan.example",
        "A, ke-la@nhan.example",
        'Trần "Ất" \\ Bính',
        "A\x00B\u2028Bcc: x@y.example",
        "<ke-la@nhan.example>",
        "",
    ],
)
def test_no_name_adds_a_header_or_a_recipient(cast, name):
    _, message = built(cast, Recipient(None, name, "dung@nhan.example", "participant:1"))

    assert [address.addr_spec for address in message["To"].addresses] == ["dung@nhan.example"]
    assert message["Bcc"] is None and len(message.get_all("To")) == 1


@pytest.mark.parametrize("subject", ["Họp\r\nBcc: ke-la@nhan.example", "Meeting\nX-Evil: 1", "a\x00b\x85c"])
def test_no_subject_adds_a_header(cast, subject):
    _, message = built(cast, letter=Letter(subject=subject, text=""))

    assert set(message.keys()) <= {
        *("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding"),
    }


@pytest.mark.parametrize("address", ["", "a", "a@b\r\nc@d.example", "a b@nhan.example", "a@nhan..example"])
def test_an_odd_address_is_refused(address):
    with pytest.raises(ValidationError):
        mime.checked_address(address)


def test_a_domain_with_marks_goes_in_its_ascii_form():
    assert mime.checked_address("a@vănphòng.example") == "a@xn--vnphng-6wa6k.example"
