"""A kind of notice of the tests, and short ways to post it."""

from portal import outbox
from portal.outbox import Attachment, Letter, NoticeKind, Recipient

TOO_BIG = Attachment("anh.zip", b"PK" * 5_000_000, "application/zip")
CALENDAR = Attachment("lich.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; method=REQUEST")


class Plain(NoticeKind):
    """Everybody whose name begins with "Sếp" sees and decides. Names can ask for trouble."""

    code = "tests.plain"
    label = "Thông báo thử"

    def compose(self, delivery):
        if "độc" in delivery.name:
            raise ValueError("poisoned")
        return Letter(
            subject=delivery.notice.title,
            text=f"Kính gửi {delivery.name}.",
            html=f"<p>Kính gửi {delivery.name}.</p>",
            attachments=(TOO_BIG if "nặng" in delivery.name else CALENDAR,),
        )

    def refusal(self, delivery):
        return "Đã thôi mời." if "thôi" in delivery.name else None

    def may_see_board(self, user, notice):
        return user.full_name.startswith("Sếp")

    may_decide = may_see_board


def people(number, first=0):
    return [
        Recipient(user=None, name=f"Đồng chí {n}", address=f"nguoi{n}@nhan.example", key=f"participant:{n}")
        for n in range(first, first + number)
    ]


def post(about, recipients, **more):
    asked = {"kind": Plain.code, "key": "thu:1", "title": "Mời họp", "url": "/hop/1/", "by": None}
    return outbox.post(about=about, recipients=recipients, **asked | more)
