"""The first command after restoring a backup: nothing old may leave unasked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.outbox.holding import hold_unsent


class Command(BaseCommand):
    help = "Giữ lại mọi thư chưa gửi xong (chạy đầu tiên sau khi khôi phục dữ liệu, trước khi mở bộ gửi)."

    def handle(self, *args: Any, **options: Any) -> None:
        held = hold_unsent()
        self.stdout.write(f"Đang giữ lại {held} thư. Mở bảng gửi của từng thông báo để cho gửi hoặc bỏ.")
