"""A letter of the usual size: 2 kB of text, 4 kB of HTML, a calendar of 1 kB, each personal."""

from __future__ import annotations

from portal.models import Delivery
from portal.outbox import Attachment, Letter, NoticeKind
from portal.tokens import make_token

PARAGRAPH = "Trân trọng kính mời đồng chí dự Hội nghị Ban Chấp hành Đảng bộ lần thứ 20 (mở rộng). "
TEXT = PARAGRAPH * 16
HTML = "<p>" + "</p><p>".join([PARAGRAPH] * 30) + "</p>"
CALENDAR = Attachment("lich.ics", b"BEGIN:VCALENDAR\r\n" * 60, "text/calendar; method=REQUEST")


class Invitation(NoticeKind):
    code = "bench.invitation"
    label = "Giấy mời"

    def compose(self, delivery: Delivery) -> Letter:
        greeting = f"Kính gửi đồng chí {delivery.name}. "
        link = f"https://cong.example/hop/1/tra-loi/{make_token('bench', delivery.recipient_key)}/"
        return Letter(
            subject="Giấy mời dự Hội nghị Ban Chấp hành lần thứ 20 (mở rộng)",
            text=greeting + TEXT + link,
            html=f"<p>{greeting}</p>{HTML}<p>{link}</p>",
            attachments=(CALENDAR,),
        )
