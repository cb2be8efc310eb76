"""What the register tells people by itself."""

import datetime

from django.conf import settings
from django.utils import timezone

from members.models import (
    CorrectionState,
    Departure,
    PartyOrganization,
    RecordCorrection,
    Reorganization,
    User,
)
from members.permissions import can_change_member, manages
from members.queues import QUEUES
from portal.dates import day
from portal.models import Delivery
from portal.outbox import Letter, NoticeKind


class RoleTaken(NoticeKind):
    """An administrator gave a role to himself: the other administrators hear of it (P83)."""

    code = "members.role_taken"
    label = "Quản trị viên tự nhận vai trò"

    def compose(self, delivery: Delivery) -> Letter:
        notice = delivery.notice
        reason = notice.context.get("reason", "")
        return Letter(
            subject=notice.title,
            text=(
                f"{notice.title}.\n\nLý do ghi lại: {reason}.\n\n"
                "Nếu việc này không đúng, xin thu hồi vai trò ở trang Quản trị.\n"
            ),
        )


class DutyDue(NoticeKind):
    """Work of an organisation falls due. The letter counts and names nobody: names stay on the portal."""

    code = "members.duty_due"
    label = "Việc đảng viên đến hạn"

    def compose(self, delivery: Delivery) -> Letter:
        notice = delivery.notice
        queue = QUEUES[notice.context["queue"]]
        due = datetime.date.fromisoformat(notice.context["due"])
        return Letter(
            subject=notice.title,
            text=(
                f"{notice.title}.\n\nHạn sớm nhất: {day(due)}.\n\n{queue.what}\n\n"
                f"Danh sách từng người: {settings.SITE_URL}{notice.url}\n"
            ),
        )

    def refusal(self, delivery: Delivery) -> str | None:
        """Done meanwhile, or no longer this person's to do."""
        notice = delivery.notice
        organization = PartyOrganization.objects.get(pk=notice.about_id)
        user = User.objects.active().filter(pk=delivery.user_id).first()
        if delivery.user_id and (user is None or not manages(user, organization)):
            return "Người nhận không còn quản lý tổ chức này."
        below = PartyOrganization.objects.filter(pk=organization.pk)
        if not QUEUES[notice.context["queue"]].within(below, timezone.localdate()).exists():
            return "Việc này đã xong."
        return None


class Reorganized(NoticeKind):
    """A decision on organisations; the letter tells what became of them, and names no member."""

    code = "members.reorganized"
    label = "Sắp xếp tổ chức đảng"

    def compose(self, delivery: Delivery) -> Letter:
        notice = delivery.notice
        row = Reorganization.objects.get(pk=notice.about_id)
        flows = "".join(f"- {line}\n" for line in notice.context["flows"])
        return Letter(
            subject=notice.title,
            text=(
                f"{notice.title}.\n\nQuyết định ngày {day(row.decided_on)}, "
                f"hiệu lực từ {day(row.effective_on)}.\n\n{flows}\n"
                f"Xem trên cổng: {settings.SITE_URL}{notice.url}\n"
            ),
        )

    def refusal(self, delivery: Delivery) -> str | None:
        if Reorganization.objects.filter(pk=delivery.notice.about_id, undone_at__isnull=False).exists():
            return "Quyết định đã được hoàn tác."
        return None


class ReorganizationUndone(NoticeKind):
    code = "members.reorganization_undone"
    label = "Hoàn tác sắp xếp tổ chức đảng"

    def compose(self, delivery: Delivery) -> Letter:
        notice = delivery.notice
        reason = notice.context["reason"]
        why = f"Lý do: {reason}.\n\n" if reason else ""
        return Letter(
            subject=notice.title,
            text=(
                f"{notice.title}.\n\nTổ chức và đảng viên trở lại như trước quyết định. {why}"
                f"Xem trên cổng: {settings.SITE_URL}{notice.url}\n"
            ),
        )


class CorrectionProposed(NoticeKind):
    """Somebody proposes a correction of the own record; who, and of what, stays on the portal."""

    code = "members.correction_proposed"
    label = "Đề nghị sửa hồ sơ đảng viên"

    def compose(self, delivery: Delivery) -> Letter:
        notice = delivery.notice
        return Letter(
            subject=notice.title,
            text=f"{notice.title}.\n\nXem và trả lời: {settings.SITE_URL}{notice.url}\n",
        )

    def refusal(self, delivery: Delivery) -> str | None:
        """Answered meanwhile, or no longer this person's to answer."""
        row = RecordCorrection.objects.select_related("member__organization").get(pk=delivery.notice.about_id)
        if row.state != CorrectionState.WAITING:
            return "Đề nghị đã được trả lời hoặc đã rút."
        user = User.objects.active().filter(pk=delivery.user_id).first()
        if delivery.user_id and (user is None or not can_change_member(user, row.member)):
            return "Người nhận không còn quản lý hồ sơ này."
        return None


class CorrectionAnswered(NoticeKind):
    code = "members.correction_answered"
    label = "Trả lời đề nghị sửa hồ sơ"

    def compose(self, delivery: Delivery) -> Letter:
        notice = delivery.notice
        answer = notice.context["answer"]
        told = f"Trả lời: {answer}.\n\n" if answer else ""
        return Letter(
            subject=notice.title,
            text=f"{notice.title}.\n\n{told}Xem trên cổng: {settings.SITE_URL}{notice.url}\n",
        )


class AccountOpen(NoticeKind):
    """Somebody has left the Party and could still sign in."""

    code = "members.account_open"
    label = "Tài khoản của người đã ra khỏi Đảng"

    def compose(self, delivery: Delivery) -> Letter:
        notice = delivery.notice
        return Letter(
            subject=notice.title,
            text=f"{notice.title}.\n\nXin xem xét khóa tài khoản ở trang Quản trị: "
            f"{settings.SITE_URL}{notice.url}\n",
        )

    def refusal(self, delivery: Delivery) -> str | None:
        """Locked meanwhile, or the departure was a mistake."""
        notice = delivery.notice
        if not User.objects.active().filter(pk=notice.context["account"]).exists():
            return "Tài khoản đã khóa."
        if not Departure.objects.filter(pk=notice.about_id).exists():
            return "Việc ra khỏi Đảng ghi nhầm, đã bỏ."
        return None


KINDS = [
    RoleTaken,
    DutyDue,
    Reorganized,
    ReorganizationUndone,
    CorrectionProposed,
    CorrectionAnswered,
    AccountOpen,
]
