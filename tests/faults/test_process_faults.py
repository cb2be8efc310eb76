"""What happens to our own processes and servers: F01, F02, F04 to F06, F13, F17, F19, F23."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.stack]
numbers = itertools.count()


def key():
    return f"process:{next(numbers)}"


def begin(stand, size, dice):
    """A mass sending, caught at a random moment in the middle."""
    stand.mail.rule(delay=0.005)
    notice = stand.press(f"send/{size}/", key=key())["notice"]
    stand.wait_taken(dice.randrange(size // 10, size // 2))
    time.sleep(dice.uniform(0, 0.02))
    return notice


def test_f01_a_sender_killed_in_the_middle(stand, size, dice):
    notice = begin(stand, size, dice)

    stand.senders[0].kill(tree=True)

    stand.settle(notice)
    stand.check(notice, in_doubt=1)


def test_f02_all_senders_and_beat_killed_again_and_again(stand, size, dice):
    stand.have_senders(0)
    stand.have_celery()
    notice = begin(stand, size, dice)
    kills = 2

    for _ in range(kills):
        stand.no_celery()
        stand.have_celery()
        before = len(stand.mail.notes("taken"))
        stand.wait(
            lambda before=before: len(stand.mail.notes("taken")) > before or not_waiting(stand, notice),
            "the new workers",
        )

    stand.settle(notice)
    stand.check(notice, in_doubt=2 * kills)


def not_waiting(stand, notice):
    return not {"queued", "claimed", "sending", "retry"} & set(stand.states(notice))


def test_f04_without_the_broker_the_click_is_quick_and_the_loop_sends(stand, size, seed):
    stand.broker.stop()
    try:
        notice = stand.press(f"send/{size}/", key=key())["notice"]
        assert stand.slowest_answer <= 2
        assert stand.settle(notice) == {"sent": size}
    finally:
        stand.broker.start()
    stand.check(notice)


def test_f05_a_flushed_broker_loses_nothing(stand, size, dice):
    stand.have_senders(0)
    stand.have_celery()
    notice = begin(stand, size, dice)

    stand.broker.flush()

    assert stand.settle(notice) == {"sent": size}
    stand.check(notice)


def test_f06_a_frozen_broker_delays_no_click(stand, size, seed):
    stand.broker.freeze()
    try:
        notice = stand.press(f"send/{size}/", key=key())["notice"]
        assert stand.slowest_answer <= 3
        assert stand.settle(notice) == {"sent": size}
    finally:
        stand.broker.thaw()
    stand.check(notice)


@pytest.mark.parametrize("immediate", [False, True], ids=["fast", "immediate"])
def test_f13_a_restarted_database_loses_and_doubles_nothing(stand, size, dice, immediate):
    notice = begin(stand, size, dice)

    stand.database.restart(immediate=immediate)

    stand.board(notice)
    stand.settle(notice)
    assert all(sender.is_running for sender in stand.senders)
    stand.check(notice)


def test_f17_twenty_clicks_are_one_sending(stand, size, seed):
    once = key()
    with ThreadPoolExecutor(20) as hands:
        answers = list(hands.map(lambda _: stand.press(f"send/{size}/", key=once), range(20)))

    assert {answer["notice"] for answer in answers} == {answers[0]["notice"]}
    assert stand.settle(answers[0]["notice"]) == {"sent": size}
    stand.check(answers[0]["notice"])


@pytest.mark.parametrize("beats", [0, 2], ids=["dead", "twice"])
def test_f19_beat_dead_or_twice(stand, size, seed, beats):
    """Dead: the loop goes on by itself, as the cron line would."""
    stand.have_celery(beats=beats)
    notice = stand.press(f"send/{size}/", key=key())["notice"]

    assert stand.settle(notice) == {"sent": size}
    time.sleep(1)
    stand.check(notice)


def test_f23_a_change_in_the_middle_stops_the_old_version(stand, size, seed):
    stand.mail.rule(delay=0.01)
    once = key()
    old = stand.press(f"send/{size}/", key=once)["notice"]
    stand.wait_taken(size // 5)

    new = stand.press(f"send/{size}/", key=once, version=2, replaces="Đã đổi giờ.")["notice"]
    changed_at = time.time()

    stand.settle(new)
    states = stand.settle(old)
    messages = {message for message, *_ in stand.deliveries(old)}
    late = [n for n in stand.mail.notes("taken") if n["id"] in messages and n["at"] > changed_at]
    assert len(late) <= len(stand.senders)
    assert {reason for _, state, reason, *_ in stand.deliveries(old) if state == "cancelled"} == {
        "Đã đổi giờ."
    }
    assert states["cancelled"] > 0 and stand.states(new) == {"sent": size}
    stand.check(old)
    stand.check(new)
