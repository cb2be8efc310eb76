"""`manage.py search_index`: write the index of the search anew, and read files that wait."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.search import index


class Command(BaseCommand):
    help = "Write the index of the search anew; safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        written = index.rebuild()
        read = 0
        while found := index.read_files():
            read += found
        self.stdout.write(f"Đã ghi {written} mục, đọc {read} tệp.")
