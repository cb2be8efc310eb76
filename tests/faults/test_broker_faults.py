"""Redis away, empty or frozen, beat dead or twice: F04 to F06, F19."""

import itertools
import time

import pytest

from faults.browser import Board
from faults.promises import check

pytestmark = [pytest.mark.faults, pytest.mark.stack]
numbers = itertools.count()


def key():
    return f"broker:{next(numbers)}"


def test_f04_without_the_broker_the_click_is_quick_and_the_loop_sends(stand, size, seed):
    stand.broker.stop()
    try:
        notice = stand.send(size, key=key())
        assert stand.office.slowest <= 2
        with stand.reading() as answers:
            assert stand.settle(notice) == {"sent": size}
    finally:
        stand.broker.start()
    assert {answer.status for answer in answers} <= {200}
    check(stand, notice)


def test_f06_a_frozen_broker_delays_no_click(stand, size, seed):
    stand.broker.freeze()
    try:
        notice = stand.send(size, key=key())
        assert stand.office.slowest <= 3
        assert stand.settle(notice) == {"sent": size}
    finally:
        stand.broker.thaw()
    check(stand, notice)


def test_f19_with_beat_dead_the_cron_line_sends(stand, size, seed):
    """Neither loop nor Celery: what `outbox_drain --once` does each minute."""
    stand.have_senders(0)
    notice = stand.send(size, key=key())

    stand.send_once()

    assert stand.states(notice) == {"sent": size}
    check(stand, notice)


def test_f19_beat_twice_sends_once(celery_stand, size, seed):
    notice = celery_stand.send(size, key=key())

    assert celery_stand.settle(notice) == {"sent": size}
    time.sleep(2)
    check(celery_stand, notice)


def test_f04_celery_goes_on_when_the_broker_is_back(celery_stand, size, dice):
    celery_stand.broker.stop()
    notice = celery_stand.send(size, key=key())
    time.sleep(dice.uniform(0, 2))
    assert celery_stand.office.slowest <= 2
    assert celery_stand.states(notice) == {"queued": size}

    celery_stand.broker.start()

    assert celery_stand.settle(notice) == {"sent": size}
    check(celery_stand, notice)


def test_f05_a_flushed_broker_loses_neither_letters_nor_sessions(celery_stand, size, dice):
    celery_stand.mail.rule(delay=0.005)
    notice = celery_stand.send(size, key=key())
    celery_stand.wait_taken(dice.randrange(size // 10, size // 2))

    celery_stand.broker.flush()

    assert Board.read(celery_stand.board(notice)).recipients == size
    assert celery_stand.settle(notice) == {"sent": size}
    check(celery_stand, notice)
