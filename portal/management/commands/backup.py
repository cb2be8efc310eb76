"""The whole portal in one file: database and uploads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.backup import back_up


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp tải lên vào một tệp, ghi đủ rồi mới hiện tên."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục nhận bản sao lưu")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        file = back_up(folder)
        self.stdout.write(f"Đã sao lưu: {file}\nThử bản này: manage.py restore --verify {file}")
