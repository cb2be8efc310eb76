"""`manage.py verify_audit`: whether the trail is as it was written, in one sentence."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.audit import chain


class Command(BaseCommand):
    help = "Walk the hash chain over the audit trail; fails at the first line that does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since",
            type=_head,
            metavar="POSITION:HASH",
            help="a head printed earlier and kept elsewhere: nothing before it may differ",
        )

    def handle(self, *args: Any, since: chain.Head | None = None, **options: Any) -> None:
        chain.seal()
        verdict = chain.verify(since)
        if not verdict.holds:
            raise CommandError(verdict.sentence)
        self.stdout.write(verdict.sentence)
        self.stdout.write(f"Đầu chuỗi: {verdict.head}")


def _head(text: str) -> chain.Head:
    position, _, digest = text.partition(":")
    if not position.isdecimal() or len(digest) != len(chain.BEGINNING):
        raise ArgumentTypeError("a head is a position, a colon and 64 hexadecimal digits")
    return chain.Head(int(position), digest)
