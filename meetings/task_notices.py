"""The letters of the desk, about minutes and tasks, and when one must not go any more."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string

from meetings.actions import desk_letters
from meetings.models import Minutes, MinutesState, Task, TaskState
from meetings.permissions import can_close_task, can_prepare
from members.models import User
from portal import dates, outbox
from portal.models import Delivery, Notice


class DeskNotice(outbox.NoticeKind):
    """A letter made wholly of what was frozen when it was posted."""

    #: What is asked of the reader, in one sentence.
    request: ClassVar[str]
    #: The letter's words, .txt and .html.
    template: ClassVar[str] = "mail/meetings/desk"

    def compose(self, delivery: Delivery) -> outbox.Letter:
        notice = delivery.notice
        said = {
            **notice.context,
            "heading": self.label,
            "request": self.request,
            "person": {"full_name": delivery.name},
            "is_summoned": True,
            "page_url": settings.SITE_URL + notice.url,
        }
        return outbox.Letter(
            subject=notice.title,
            text=render_to_string(f"{self.template}.txt", said),
            html=render_to_string(f"{self.template}.html", said),
        )

    def may_decide(self, user: AbstractBaseUser, notice: Notice) -> bool:
        return self.may_see_board(user, notice)


class MinutesNotice(DeskNotice):
    #: The state the letter speaks of, and what is said when the minutes have left it.
    state: ClassVar[MinutesState]
    outdated: ClassVar[str]

    def refusal(self, delivery: Delivery) -> str | None:
        minutes = Minutes.objects.filter(pk=delivery.notice.about_id).first()
        if minutes is None or minutes.state != self.state:
            return self.outdated
        return None

    def may_see_board(self, user: AbstractBaseUser, notice: Notice) -> bool:
        minutes = notice.about
        return isinstance(user, User) and isinstance(minutes, Minutes) and can_prepare(user, minutes.meeting)


class MinutesForApproval(MinutesNotice):
    code = desk_letters.MINUTES_FOR_APPROVAL
    label = "Biên bản chờ duyệt"
    request = "Thư ký đã ký biên bản và trình đồng chí. Đọc và duyệt, hoặc trả lại kèm lý do."
    state = MinutesState.FOR_APPROVAL
    outdated = "Biên bản không còn chờ duyệt."


class MinutesReturned(MinutesNotice):
    code = desk_letters.MINUTES_RETURNED
    label = "Biên bản trả lại"
    request = "Người chủ trì trả lại biên bản. Sửa rồi ký và trình lại."
    state = MinutesState.DRAFTING
    outdated = "Biên bản đã được trình lại."


class MinutesForComment(MinutesNotice):
    code = desk_letters.MINUTES_FOR_COMMENT
    label = "Góp ý dự thảo biên bản"
    request = "Đồng chí đọc dự thảo biên bản, rồi bấm nhất trí hoặc ghi chỗ cần sửa."
    state = MinutesState.FOR_COMMENT
    outdated = "Biên bản không còn lấy ý kiến."


class MinutesReopened(MinutesNotice):
    code = desk_letters.MINUTES_REOPENED
    label = "Biên bản mở lại"
    request = "Người chủ trì mở lại biên bản đã duyệt. Sửa rồi ký và trình lại; bản đã duyệt vẫn giữ nguyên."
    state = MinutesState.DRAFTING
    outdated = "Biên bản đã được trình lại."


class TaskNotice(DeskNotice):
    #: States in which the letter still has a point.
    goes_in: ClassVar[tuple[TaskState, ...]] = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)

    def refusal(self, delivery: Delivery) -> str | None:
        task = Task.objects.filter(pk=delivery.notice.about_id).first()
        if task is None or task.state not in self.goes_in:
            return "Nhiệm vụ đã sang trạng thái khác."
        # Without an account it is the organisation's own address: nobody to lose a right.
        if isinstance(delivery.user, User) and not self.is_entitled(delivery.user, task):
            return "Người nhận không còn phụ trách nhiệm vụ này."
        return None

    def is_entitled(self, user: User, task: Task) -> bool:
        return Task.objects.visible_to(user).filter(pk=task.pk).exists()

    def may_see_board(self, user: AbstractBaseUser, notice: Notice) -> bool:
        return isinstance(user, User) and can_close_task(user)


class TaskGiven(TaskNotice):
    code = desk_letters.TASK
    label = "Giao nhiệm vụ"
    request = "Nhiệm vụ này được giao theo kết luận của Hội nghị. Xem và báo cáo tiến độ trên cổng."


class TaskReturned(TaskNotice):
    code = desk_letters.TASK_RETURNED
    label = "Nhiệm vụ cần làm tiếp"
    request = "Văn phòng đã xem kết quả và đề nghị làm tiếp."


class TaskReported(TaskNotice):
    code = desk_letters.TASK_REPORTED
    label = "Báo cáo xong nhiệm vụ"
    request = "Cơ quan chủ trì báo đã xong. Kiểm tra kết quả, rồi xác nhận hoàn thành hoặc trả lại."
    goes_in = (TaskState.REPORTED,)

    def is_entitled(self, user: User, task: Task) -> bool:
        return can_close_task(user)


class DeadlineNotice(TaskNotice):
    """Speaks of one deadline: more time asked for or granted takes its point away."""

    def refusal(self, delivery: Delivery) -> str | None:
        if refusal := super().refusal(delivery):
            return refusal
        task = Task.objects.get(pk=delivery.notice.about_id)
        is_moved = dates.day(task.deadline) != delivery.notice.context["deadline"]
        return "Nhiệm vụ đã được gia hạn." if is_moved else None


class TaskReminder(DeadlineNotice):
    code = desk_letters.TASK_REMINDER
    label = "Nhiệm vụ sắp đến hạn"
    request = "Nhiệm vụ sắp đến hạn. Báo cáo tiến độ trên cổng; cần thêm thời gian thì xin gia hạn."


class TaskOverdue(DeadlineNotice):
    code = desk_letters.TASK_OVERDUE
    label = "Nhiệm vụ quá hạn"
    request = "Nhiệm vụ đã quá hạn mà chưa báo xong. Báo cáo ngay kết quả, hoặc xin gia hạn kèm lý do."


class ExtensionAsked(TaskNotice):
    code = desk_letters.EXTENSION_ASKED
    label = "Xin gia hạn nhiệm vụ"
    request = "Cơ quan chủ trì xin gia hạn. Cho gia hạn, hoặc trả lời kèm lý do."
    goes_in = (TaskState.EXTENSION,)

    def is_entitled(self, user: User, task: Task) -> bool:
        return can_close_task(user)


class ExtensionDecided(TaskNotice):
    code = desk_letters.EXTENSION_DECIDED
    label = "Trả lời về gia hạn"
    request = "Văn phòng đã trả lời đề nghị gia hạn nhiệm vụ này."


KINDS = (
    MinutesForApproval,
    MinutesReturned,
    MinutesForComment,
    MinutesReopened,
    TaskGiven,
    TaskReturned,
    TaskReported,
    TaskReminder,
    TaskOverdue,
    ExtensionAsked,
    ExtensionDecided,
)
