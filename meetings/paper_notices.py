"""The letters about papers owed, and when one must not go any more."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from meetings.actions import paper_letters
from meetings.models import PaperRequest
from meetings.permissions import can_prepare
from meetings.task_notices import DeskNotice
from members.models import User
from portal.models import Delivery, Notice


class PaperNotice(DeskNotice):
    template = "mail/meetings/paper"

    def refusal(self, delivery: Delivery) -> str | None:
        asked = PaperRequest.objects.select_related("agenda_item__meeting").filter(
            pk=delivery.notice.about_id
        )
        found = asked.first()
        if found is None or found.agenda_item.meeting.is_stopped:
            return "Không còn cần tài liệu này."
        if isinstance(delivery.user, User) and not self.is_entitled(delivery.user, found):
            return "Người nhận không còn phụ trách tài liệu này."
        return self.outdated(found)

    def outdated(self, request: PaperRequest) -> str | None:
        return None

    def is_entitled(self, user: User, request: PaperRequest) -> bool:
        return PaperRequest.objects.visible_to(user).filter(pk=request.pk).exists()

    def may_see_board(self, user: AbstractBaseUser, notice: Notice) -> bool:
        asked = notice.about
        return (
            isinstance(user, User)
            and isinstance(asked, PaperRequest)
            and can_prepare(user, asked.agenda_item.meeting)
        )


class OwedNotice(PaperNotice):
    """Has a point only while the organisation still owes the paper."""

    def outdated(self, request: PaperRequest) -> str | None:
        owed = PaperRequest.objects.owed().filter(pk=request.pk)
        return None if owed.exists() else "Đơn vị đã nộp tài liệu."


class PaperRequested(OwedNotice):
    code = paper_letters.PAPER_REQUESTED
    label = "Chuẩn bị tài liệu"
    request = "Đơn vị được giao chuẩn bị tài liệu cho Hội nghị. Nộp trên cổng trước hạn."


class PaperReminder(OwedNotice):
    code = paper_letters.PAPER_REMINDER
    label = "Nhắc nộp tài liệu"
    request = "Văn phòng chưa nhận được tài liệu này. Nộp trên cổng trước hạn."


class PaperReturned(OwedNotice):
    code = paper_letters.PAPER_RETURNED
    label = "Tài liệu cần sửa"
    request = "Văn phòng đã xem và đề nghị sửa, rồi nộp lại."


class PaperHandedIn(PaperNotice):
    code = paper_letters.PAPER_HANDED_IN
    label = "Tài liệu đã nộp"
    request = "Đơn vị đã nộp tài liệu. Xem rồi nhận, hoặc trả lại kèm lý do."


KINDS = (PaperRequested, PaperReminder, PaperReturned, PaperHandedIn)
