"""Who takes over from a dead sender, what expires, and what a restore holds."""

import time
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.functions import Now
from django.test import override_settings
from letters import Plain, people, post

from portal import outbox
from portal.delivery import rows, sweep
from portal.delivery.life import Life
from portal.models import Delivery, DeliveryState
from portal.models.deliveries import IN_HAND

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def notice(cast):
    outbox.register(Plain())
    return post(cast.r, people(3))


def begin_one(worker, batch):
    token = uuid.uuid4()
    assert rows.begin(batch[0], worker=worker, token=token, payload_hash="x", carried=None)
    return token


def bury(notice):
    """Sweep until the server has noticed that the session is gone, a matter of milliseconds."""
    give_up_at = time.monotonic() + 5
    while notice.deliveries.filter(state__in=IN_HAND).exists():
        assert time.monotonic() < give_up_at
        sweep()


def states(notice):
    return {state.value: number for state, number in notice.deliveries.counts().items()}


def test_a_living_sender_is_never_overtaken(notice):
    with Life() as life:
        begin_one(life.number, rows.claim(life.number))

        sweep()

        assert states(notice) == {"claimed": 2, "sending": 1}


def test_of_a_dead_sender_what_had_begun_is_doubtful_and_the_rest_queued(notice):
    with Life() as life:
        begin_one(life.number, rows.claim(life.number))

    bury(notice)
    sweep()

    assert states(notice) == {"queued": 2, "uncertain": 1}
    assert "cần người quyết" in notice.deliveries.get(state="uncertain").reason


def test_a_sender_believed_dead_may_still_say_how_it_ended(notice):
    with Life() as life:
        batch = rows.claim(life.number)
        token = begin_one(life.number, batch)
    bury(notice)

    rows.Sending(batch[0].pk, token, rows.Result(DeliveryState.SENT, "250 ok")).finish()

    assert states(notice) == {"queued": 2, "sent": 1}


def test_what_was_taken_over_can_not_be_begun_by_the_first(notice):
    with Life() as life:
        batch = rows.claim(life.number)
    bury(notice)

    assert not rows.begin(batch[0], worker=life.number, token=uuid.uuid4(), payload_hash="x", carried=None)
    assert states(notice) == {"queued": 3}


def test_a_row_cancelled_while_claimed_is_not_begun(notice):
    with Life() as life:
        batch = rows.claim(life.number)
        outbox.withdraw(key=notice.key, reason="Hội nghị hoãn.")

        assert not rows.begin(
            batch[0], worker=life.number, token=uuid.uuid4(), payload_hash="x", carried=None
        )
    assert states(notice) == {"cancelled": 3}


def test_a_broken_session_takes_the_same_lock_again(notice):
    with Life() as life:
        rows.claim(life.number)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 2000) FROM pg_locks"
                " WHERE locktype = 'advisory' AND objid = %s",
                [life.number],
            )
        life.renew()

        sweep()

        assert states(notice) == {"claimed": 3}


def test_what_lost_its_point_fails_with_the_reason(notice):
    type(notice).objects.update(deadline=Now() - timedelta(seconds=1))

    sweep()

    assert set(notice.deliveries.values_list("state", "reason")) == {("failed", "Hết hạn gửi.")}


@pytest.mark.parametrize(("resend", "state"), [(False, "uncertain"), (True, "queued")])
def test_old_doubt_waits_for_a_person_or_is_repeated_as_the_policy_says(notice, resend, state):
    Delivery.objects.update(
        state=DeliveryState.UNCERTAIN, reason="đứt nối", started_at=Now() - timedelta(minutes=16)
    )

    with override_settings(OUTBOX_RESEND_DOUBTFUL=resend):
        sweep()

    assert states(notice) == {state: 3}


def test_after_a_restore_nothing_old_leaves_unasked(notice, capsys):
    call_command("outbox_hold")

    assert states(notice) == {"held": 3}
    assert "3 thư" in capsys.readouterr().out
    assert not rows.is_anything_due()


def test_a_drain_with_nothing_due_says_so(db, capsys):
    call_command("outbox_drain", "--once")

    assert "0 thư" in capsys.readouterr().out
