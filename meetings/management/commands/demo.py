"""`manage.py demo`: the sample committee of the real size, to look at and to try things on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from members import demo as people
from members.models import PartyOrganization


class Command(BaseCommand):
    help = "Load the sample committee once; invented people, one password for all accounts"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--members", type=int, default=4312, help="members of the register (4312)")
        parser.add_argument("--seed", type=int, default=2024, help="the same seed gives the same people")
        parser.add_argument("--accounts", action="store_true", help="only print the sample accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["accounts"]:
            self._load(options)
        self._print_accounts()

    def _load(self, options: dict[str, Any]) -> None:
        if PartyOrganization.objects.exists():
            if not people.accounts():
                raise CommandError("There are organisations already: the sample is for an empty house only.")
            self.stdout.write("Dữ liệu mẫu đã có, không ghi thêm gì.")
            return
        if not settings.DEBUG:
            # Known passwords must not meet real data.
            raise CommandError("The sample accounts share a printed password: load them with DEBUG=1 only.")
        if options["members"] < 800:
            raise CommandError("The committee needs at least 800 members to fill its organisations.")
        with transaction.atomic():
            self.stdout.write(f"Ghi {options['members']} đảng viên mẫu …")
            people.build(members=options["members"], seed=options["seed"], today=timezone.localdate())
        self.stdout.write("Xong dữ liệu mẫu.")

    def _print_accounts(self) -> None:
        self.stdout.write(f"Tài khoản mẫu, chung mật khẩu {people.PASSWORD}")
        for username, full_name, what in people.accounts():
            self.stdout.write(f"  {username:<10} {full_name:<24} {what}")
