"""What happens to our senders and to the database: F01, F02, F13."""

import itertools
import time

import pytest

from faults.promises import check

pytestmark = [pytest.mark.faults, pytest.mark.stack]
numbers = itertools.count()


def begin(stand, size, dice):
    """A mass sending, caught at a random moment in the middle."""
    stand.mail.rule(delay=0.005)
    notice = stand.send(size, key=f"process:{next(numbers)}")
    stand.wait_taken(dice.randrange(size // 10, size // 2))
    time.sleep(dice.uniform(0, 0.02))
    return notice


def test_f01_a_sender_killed_in_the_middle(stand, size, dice):
    notice = begin(stand, size, dice)

    stand.senders[0].kill(tree=True)

    stand.settle(notice)
    check(stand, notice, in_doubt=1)


def test_f02_workers_and_beat_killed_together_again_and_again(stand, size, dice, is_long):
    kills = 5 if is_long else 2
    stand.have_senders(0)
    stand.have_celery()
    notice = begin(stand, size, dice)

    for _ in range(kills):
        stand.no_celery()
        time.sleep(dice.uniform(0, 2))
        stand.have_celery()
        before = len(stand.mail.notes("taken"))
        stand.wait(
            lambda before=before: len(stand.mail.notes("taken")) > before or is_over(stand, notice),
            "the new workers",
        )

    stand.settle(notice)
    check(stand, notice, in_doubt=2 * kills)


def is_over(stand, notice):
    return not {"queued", "claimed", "sending", "retry"} & set(stand.states(notice))


@pytest.mark.parametrize("immediate", [False, True], ids=["fast", "immediate"])
def test_f13_a_restarted_database_loses_and_doubles_nothing(stand, size, dice, immediate):
    stand.fill_pool()
    notice = begin(stand, size, dice)

    with stand.reading() as answers:
        stand.database.restart(immediate=immediate)
        stand.wait(lambda: answers and answers[-1].status == 200, "the pages", 5)
        stand.settle(notice)

    assert {answer.status for answer in answers} <= {200, 503}
    assert all(answer.retry_after for answer in answers if answer.status == 503)
    assert all(process.is_running for process in (*stand.senders, stand.web))
    check(stand, notice)
