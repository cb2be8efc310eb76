"""What the register tells people by itself."""

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


KINDS = [RoleTaken]
