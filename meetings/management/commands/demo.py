"""`manage.py demo`: the sample committee of the real size, to look at and to try things on."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from meetings import demo
from members import demo as people
from members.models import PartyOrganization
from news import demo as articles
from portal import audit
from portal.models import Delivery, PortalNotice
from portal.outbox import decisions
from portal.search import index


class Command(BaseCommand):
    help = "Load the sample committee once; invented people, one password for all accounts"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--members", type=int, default=4312, help="members of the register (4312)")
        parser.add_argument("--articles", type=int, default=0, help="so many published articles more")
        parser.add_argument("--meetings", type=int, default=0, help="so many past conferences more")
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
            self._write(options, timezone.localdate())
        self.stdout.write("Xong dữ liệu mẫu.")

    def _write(self, options: dict[str, Any], today: datetime.date) -> None:
        self.stdout.write(f"Ghi {options['members']} đảng viên mẫu …")
        with audit.acting(None):
            sample = people.build(members=options["members"], seed=options["seed"], today=today)
        self.stdout.write("Ghi hội nghị lần thứ 20, từ chương trình công tác đến tin đã đăng …")
        kinds = demo.set_up_kinds()
        demo.hold_reference_conference(sample, kinds)
        author, approver = sample.accounts["bientap"], sample.accounts["duyettin"]
        articles.publish_samples(author=author, approver=approver)
        articles.keep_up(owner=sample.accounts["tochuc"], by=author)
        articles.write_many(options["articles"], author=author, approver=approver)
        articles.fill_the_desk(author=author, approver=approver)
        articles.ask_to_study(author=author, approver=approver)
        demo.write_many(options["meetings"], sample, kinds)
        self._silence_the_past()
        self.stdout.write("Ghi hội nghị sắp tới và nhiệm vụ đang làm …")
        demo.prepare_live(sample, kinds, today)
        # Large data is written in bulk, past the signals that keep the index.
        index.rebuild()

    def _silence_the_past(self) -> None:
        """What was entered after the event is told to nobody again."""
        decisions.stop_unsent(Delivery.objects.all(), reason="Ghi lại từ hồ sơ cũ, không gửi thư.")
        PortalNotice.objects.update(withdrawn_at=timezone.now())

    def _print_accounts(self) -> None:
        self.stdout.write(f"Tài khoản mẫu, chung mật khẩu {people.PASSWORD}")
        for username, full_name, what in people.accounts():
            self.stdout.write(f"  {username:<10} {full_name:<24} {what}")
