"""Send what is due: once, as a cron line does, or without end beside or instead of Celery."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connection

from portal.delivery import drain, sweep

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5


class Command(BaseCommand):
    help = "Gửi các thư đang chờ. --once: một lượt; --loop: chạy mãi, dừng bằng SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--once", action="store_true", help="một lượt, tối đa một phút (mặc định)")
        mode.add_argument("--loop", action="store_true", help="chạy mãi")

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            # The row in hand is finished first: a deploy makes no doubtful letter.
            signal.signal(number, lambda *_: stopping.set())
        if options["loop"]:
            self.loop(stopping)
        else:
            sweep()
            taken, _ = drain(should_stop=stopping.is_set)
            self.stdout.write(f"Đã xử lý {taken} thư.")

    def loop(self, stopping: threading.Event) -> None:
        """On the monotonic clock: when the time is set back, beat would sleep through the hour."""
        sweep_at = time.monotonic()
        while not stopping.is_set():
            try:
                if time.monotonic() >= sweep_at:
                    sweep()
                    sweep_at = time.monotonic() + settings.OUTBOX_SWEEP_SECONDS
                _, is_done = drain(should_stop=stopping.is_set)
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database does not answer: %s", type(error).__name__)
                connection.close()
                is_done = True
            if is_done:
                stopping.wait(PAUSE_SECONDS)
