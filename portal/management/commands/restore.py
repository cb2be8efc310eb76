"""Restore a backup, or prove that it could be restored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.backup import check, restore


class Command(BaseCommand):
    help = "Khôi phục từ một bản sao lưu; --verify chỉ thử trong cơ sở dữ liệu riêng rồi xóa đi."
    # A database without tables fails the checks of those who ask it.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="tệp do manage.py backup ghi")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--verify", action="store_true", help="chỉ thử, không đổi gì")
        mode.add_argument("--replace", action="store_true", help="thay toàn bộ dữ liệu đang có")

    def handle(self, *args: Any, file: Path, verify: bool, replace: bool, **options: Any) -> None:
        if verify:
            manifest = check(file)
            self.stdout.write(f"Bản sao lưu lúc {manifest.made_at} khôi phục được: {_size(manifest.rows)}.")
            return
        manifest, held = restore(file, replace=replace)
        self.stdout.write(f"Đã khôi phục bản sao lưu lúc {manifest.made_at}: {_size(manifest.rows)}.")
        self.stdout.write(f"Đang giữ lại {held} thư chưa gửi; Văn phòng cho gửi hoặc bỏ trên bảng gửi.")


def _size(rows: dict[str, int]) -> str:
    return f"{len(rows)} bảng, {sum(rows.values())} dòng"
