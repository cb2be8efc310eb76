"""The letter about a changed line of the leaders' diary, and when it must not go any more."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from meetings.actions import schedule_letters
from meetings.models import ScheduleEntry
from meetings.permissions import can_keep_schedule
from meetings.task_notices import DeskNotice
from members.models import User
from portal.models import Delivery, Notice


class ScheduleChanged(DeskNotice):
    code = schedule_letters.SCHEDULE_CHANGED
    label = "Thay đổi lịch công tác"
    request = "Lịch công tác tuần đã đăng có thay đổi liên quan đến đồng chí."

    def refusal(self, delivery: Delivery) -> str | None:
        """Of several changes only the last is told: it says how the line stands now."""
        entry = ScheduleEntry.objects.filter(pk=delivery.notice.about_id).first()
        if entry is None or entry.version != delivery.notice.version:
            return "Lịch đã đổi lần nữa, thư này không còn đúng."
        return None

    def may_see_board(self, user: AbstractBaseUser, notice: Notice) -> bool:
        return isinstance(user, User) and can_keep_schedule(user)


KINDS = (ScheduleChanged,)
