"""Is every part at work? For the administrator, after installing and when something is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.doctor import examine


class Command(BaseCommand):
    help = "Khám từng bộ phận mà cổng dựa vào; mã thoát 1 nếu có bộ phận không làm việc."
    # The findings tell it better than a refusal to start.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        ill = 0
        for finding in examine():
            word = self.style.SUCCESS("tốt  ") if finding.is_well else self.style.ERROR("HỎNG ")
            self.stdout.write(f"{word} {finding.part:<18} {finding.says}")
            ill += not finding.is_well
        if ill:
            raise CommandError(f"{ill} bộ phận không làm việc.")
