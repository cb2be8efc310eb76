"""One side of the race: `python -m bench.letters outbox|plain|tasks N` prints the seconds it took."""

import sys
import time
from datetime import timedelta

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.mail import get_connection  # noqa: E402

from bench.letters.kind import Invitation  # noqa: E402
from bench.letters.tasks import mail_for, send_one  # noqa: E402
from portal import outbox  # noqa: E402
from portal.models import DeliveryState, Notice  # noqa: E402
from portal.outbox import Recipient  # noqa: E402


def post(number: int, hold: timedelta = timedelta(0)) -> Notice:
    people = [
        Recipient(None, f"Nguyễn Văn Số {n}", f"nguoi{n}@nhan.example", f"participant:{n}")
        for n in range(number)
    ]
    return outbox.post(
        kind=Invitation.code,
        about=ContentType.objects.get_for_model(Notice),
        recipients=people,
        key=f"bench:{time.time_ns()}",
        title="Giấy mời",
        url="/",
        by=None,
        hold=hold,
    )


def wait_sent(notice: Notice) -> None:
    while notice.deliveries.exclude(state=DeliveryState.SENT).exists():
        time.sleep(0.05)


def by_outbox(number: int) -> float:
    """From the click to the last answer of the mail server, the writing of all rows included."""
    started = time.monotonic()
    wait_sent(post(number))
    return time.monotonic() - started


def by_plain_script(number: int) -> float:
    """One connection, nothing marked, nothing remembered."""
    deliveries = list(post(number, hold=timedelta(days=1)).deliveries.all())
    started = time.monotonic()
    with get_connection() as connection:
        for delivery in deliveries:
            connection.send_messages([mail_for(delivery)])
    return time.monotonic() - started


def by_task_a_letter(number: int) -> float:
    notice = post(number, hold=timedelta(days=1))
    started = time.monotonic()
    for pk in notice.deliveries.values_list("pk", flat=True):
        send_one.delay(pk)
    wait_sent(notice)
    return time.monotonic() - started


SIDES = {"outbox": by_outbox, "plain": by_plain_script, "tasks": by_task_a_letter}
sys.stdout.write(f"{SIDES[sys.argv[1]](int(sys.argv[2])):.3f}\n")
