"""What the letters of a conference say, and when one must not go any more."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string

from meetings import calendar, expansion, links
from meetings.actions import letters
from meetings.models import Meeting, MeetingState, Participant, SummonKind
from meetings.permissions import can_prepare
from members.models import User
from portal import dates, outbox
from portal.models import Delivery, Notice

NO_LONGER_LISTED = "Người này không còn trong danh sách dự."
OVERTAKEN = "Hội nghị đã đổi lịch, thư này không còn đúng."


class MeetingNotice(outbox.NoticeKind):
    """A letter about a conference that is on."""

    template: ClassVar[str]
    subject: ClassVar[str]
    method: ClassVar[calendar.Method] = "REQUEST"
    #: Whether the calendar is told of the event itself, or of one person's part in it.
    is_for_all: ClassVar[bool] = True
    #: Whether it says anything that belongs into a calendar.
    has_event: ClassVar[bool] = True
    goes_in: ClassVar[tuple[MeetingState, ...]] = (MeetingState.CONVENED,)

    def refusal(self, delivery: Delivery) -> str | None:
        person = Participant.objects.select_related("meeting").filter(pk=_participant_id(delivery)).first()
        if person is None or person.removed_at:
            return NO_LONGER_LISTED
        meeting = person.meeting
        if meeting.version != delivery.notice.version:
            return OVERTAKEN
        if meeting.state not in self.goes_in:
            return f"Hội nghị ở trạng thái “{meeting.get_state_display()}”."
        return None

    def address(self, delivery: Delivery) -> str:
        """Where the person reads his mail now: a letter that had to wait follows a changed address.

        The list's address counts where the office has written it anew since; else what the list would
        say today: the address in the member's record, then the one of his account.
        """
        person = (
            Participant.objects.select_related("member__user").filter(pk=_participant_id(delivery)).first()
        )
        if person is None:
            return delivery.address
        if person.address and person.address != delivery.address:
            return person.address
        account = letters.account_of(person.member)
        return expansion.address_of(person.member, account.email if account else "") or delivery.address

    def compose(self, delivery: Delivery) -> outbox.Letter:
        notice = delivery.notice
        person = Participant.objects.select_related("participant_class").get(pk=_participant_id(delivery))
        url = links.answer_url(meeting_id=notice.about_id, participant_id=person.pk, version=notice.version)
        return self.letter(notice, person, address=self.address(delivery), answer_url=url)

    def letter(self, notice: Notice, person: Participant, *, address: str, answer_url: str) -> outbox.Letter:
        """The letter to one person; the preview shows it with a link that answers nothing."""
        facts = read(notice.context)
        said = {
            **facts,
            "person": person,
            "is_summoned": person.summon == SummonKind.SUMMONED,
            "answer_url": answer_url,
            "page_url": settings.SITE_URL + notice.url,
            "site_url": settings.SITE_URL,
        }
        return outbox.Letter(
            subject=f"{self.opening(person)}: {facts['title']}, {_when(facts['starts_at'])}",
            text=render_to_string(f"mail/meetings/{self.template}.txt", said),
            html=render_to_string(f"mail/meetings/{self.template}.html", said),
            attachments=(self._event(notice, person, address, facts),) if self.has_event else (),
        )

    def opening(self, person: Participant) -> str:
        return self.subject

    def may_see_board(self, user: AbstractBaseUser, notice: Notice) -> bool:
        return (
            isinstance(user, User) and isinstance(notice.about, Meeting) and can_prepare(user, notice.about)
        )

    def is_known_to(self, user: AbstractBaseUser, notice: Notice) -> bool:
        return isinstance(user, User) and Meeting.objects.visible_to(user).filter(pk=notice.about_id).exists()

    def may_decide(self, user: AbstractBaseUser, notice: Notice) -> bool:
        return self.may_see_board(user, notice)

    def _event(
        self, notice: Notice, person: Participant, address: str, facts: dict[str, Any]
    ) -> outbox.Attachment:
        invitation = calendar.Invitation(
            meeting_id=notice.about_id,
            sequence=notice.version,
            title=facts["title"],
            starts_at=facts["starts_at"],
            ends_at=facts["ends_at"],
            venue=facts["venue"],
            url=settings.SITE_URL + notice.url,
            stamped_at=notice.posted_at,
            attendee_name=person.full_name,
            attendee_address=address,
            is_required=person.summon == SummonKind.SUMMONED,
        )
        return outbox.Attachment(
            name="hoi-nghi.ics",
            content=calendar.render(invitation, self.method, is_for_all=self.is_for_all),
            kind=f"text/calendar; charset=utf-8; method={self.method}",
        )


class Convened(MeetingNotice):
    code = letters.CONVENED
    label = "Giấy triệu tập, giấy mời"
    template = "convened"
    subject = "Giấy mời"

    def opening(self, person: Participant) -> str:
        """Summoned are those with a duty to attend; guests and superiors are invited (domain §1.7)."""
        return "Giấy triệu tập" if person.summon == SummonKind.SUMMONED else "Giấy mời"


class Changed(MeetingNotice):
    code = letters.CHANGED
    label = "Đổi thời gian, địa điểm"
    template = "changed"
    subject = "Đổi lịch"


class Reminder(MeetingNotice):
    code = letters.REMINDER
    label = "Nhắc trả lời"
    template = "reminder"
    subject = "Xin trả lời"

    def refusal(self, delivery: Delivery) -> str | None:
        if refusal := super().refusal(delivery):
            return refusal
        silent = Participant.objects.silent().filter(pk=_participant_id(delivery))
        return None if silent.exists() else "Người này đã trả lời."


class News(MeetingNotice):
    """New papers and another order of the agenda, several of them in one letter."""

    code = letters.NEWS
    label = "Tài liệu, chương trình mới"
    template = "news"
    subject = "Có tài liệu mới"
    has_event = False


class Postponed(MeetingNotice):
    code = letters.POSTPONED
    label = "Hoãn hội nghị"
    template = "postponed"
    subject = "Hoãn"
    method = "CANCEL"
    goes_in = (MeetingState.POSTPONED,)


class Cancelled(MeetingNotice):
    code = letters.CANCELLED
    label = "Hủy hội nghị"
    template = "cancelled"
    subject = "Hủy"
    method = "CANCEL"
    goes_in = (MeetingState.CANCELLED,)


class Removed(MeetingNotice):
    code = letters.REMOVED
    label = "Rút tên khỏi danh sách dự"
    template = "removed"
    subject = "Không còn trong danh sách dự"
    method = "CANCEL"
    is_for_all = False

    def refusal(self, delivery: Delivery) -> str | None:
        """Goes as long as the person is off the list: put on again, he gets an invitation instead."""
        off = Participant.objects.filter(pk=_participant_id(delivery), removed_at__isnull=False).first()
        if off is None:
            return "Người này vẫn trong danh sách dự."
        back = Participant.objects.taking_part().filter(meeting=off.meeting_id, member=off.member_id)
        return "Người này đã được mời lại." if off.member_id and back.exists() else None


KINDS = (Convened, Changed, Reminder, News, Postponed, Cancelled, Removed)


def _participant_id(delivery: Delivery) -> int:
    return int(delivery.recipient_key.removeprefix("participant:"))


def read(facts: dict[str, Any]) -> dict[str, Any]:
    """The frozen facts with their moments as moments."""
    starts_at = datetime.datetime.fromisoformat(facts["starts_at"])
    return {
        **facts,
        "starts_at": starts_at,
        "ends_at": datetime.datetime.fromisoformat(facts["ends_at"]),
        "answer_by": datetime.datetime.fromisoformat(facts["answer_by"]) if facts["answer_by"] else None,
    }


def _when(moment: datetime.datetime) -> str:
    return f"{dates.hour(moment)} ngày {dates.day(moment)}"
