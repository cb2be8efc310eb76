"""The letters to stand-ins, and when one must not go any more."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string

from meetings.actions import stand_in_letters
from meetings.models import Answer, Meeting
from meetings.models.meetings import OPEN_FOR_ANSWERS
from meetings.notices import read
from meetings.permissions import can_prepare
from members.models import User
from portal import outbox
from portal.models import Delivery, Notice


class StandInNotice(outbox.NoticeKind):
    """It speaks of one answer; he is no participant, so the letter holds all that he may know."""

    request: ClassVar[str]

    def compose(self, delivery: Delivery) -> outbox.Letter:
        notice = delivery.notice
        said: dict[str, Any] = {
            **read(notice.context),
            "heading": self.label,
            "request": self.request,
            "person": {"full_name": delivery.name},
            "is_summoned": False,
        }
        return outbox.Letter(
            subject=notice.title,
            text=render_to_string("mail/meetings/stand_in.txt", said),
            html=render_to_string("mail/meetings/stand_in.html", said),
        )

    def may_see_board(self, user: AbstractBaseUser, notice: Notice) -> bool:
        meeting = notice.about
        return isinstance(user, User) and isinstance(meeting, Meeting) and can_prepare(user, meeting)

    def may_decide(self, user: AbstractBaseUser, notice: Notice) -> bool:
        return self.may_see_board(user, notice)


class StandInNamed(StandInNotice):
    code = stand_in_letters.NAMED
    label = "Cử dự thay"
    request = "Đơn vị cử đồng chí dự thay. Người dự thay không biểu quyết."

    def refusal(self, delivery: Delivery) -> str | None:
        return None if _still_goes(delivery) else "Đồng chí này không còn dự thay."


class StandInReleased(StandInNotice):
    code = stand_in_letters.RELEASED
    label = "Thôi dự thay"
    request = "Đồng chí không phải dự thay nữa: đơn vị trả lời khác, hoặc hội nghị đã đổi."

    def refusal(self, delivery: Delivery) -> str | None:
        return "Đồng chí này vẫn dự thay." if _still_goes(delivery) else None


KINDS = (StandInNamed, StandInReleased)


def _still_goes(delivery: Delivery) -> bool:
    """The answer that named him counts, in a conference that is on."""
    found = Answer.objects.select_related("participant__meeting").filter(
        pk=delivery.notice.context["answer"], participant__removed_at__isnull=True
    )
    answer = found.first()
    if answer is None or answer.participant.meeting.state not in OPEN_FOR_ANSWERS:
        return False
    current = answer.participant.answer
    return current is not None and current.substitute_member_id == answer.substitute_member_id
