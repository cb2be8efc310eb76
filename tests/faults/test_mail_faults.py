"""What the mail server may do to us: F07 to F10, F12, F22."""

import itertools
import time

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.stack]
numbers = itertools.count()


def key():
    return f"mail:{next(numbers)}"


def test_f07_refused_connections_cost_no_attempt(stand, size, seed):
    stand.mail.stop()
    notice = stand.press(f"send/{size}/", key=key())["notice"]
    time.sleep(3)

    assert stand.states(notice) == {"queued": size}
    assert {attempts for *_, attempts, _ in stand.deliveries(notice)} == {0}

    stand.mail.start()
    assert stand.settle(notice) == {"sent": size}
    stand.check(notice)


def test_f08_a_silent_server_holds_nobody_and_nothing_is_doubtful(stand, size, seed):
    stand.mail.rule(silent=True)
    stand.have_senders(0)
    stand.have_senders(2)
    notice = stand.press(f"send/{size}/", key=key())["notice"]
    stand.wait(lambda: stand.mail.notes("connected"), "a connection")
    time.sleep(1)
    assert stand.states(notice) == {"queued": size}

    stand.mail.rule()
    assert stand.settle(notice) == {"sent": size}
    stand.check(notice)


def test_f09_silence_after_the_dot_makes_one_row_doubtful(stand, size, seed):
    stand.mail.rule(silent_after_data=size // 2)
    notice = stand.press(f"send/{size}/", key=key())["notice"]

    found = stand.settle(notice)

    stalled = {note["id"] for note in stand.mail.notes("stalled")}
    assert found == {"sent": size - len(stalled), "uncertain": len(stalled)} and stalled
    assert {message for message, state, *_ in stand.deliveries(notice) if state == "uncertain"} == stalled
    stand.check(notice, in_doubt=len(stalled))


def test_f10_a_line_cut_after_the_dot_is_doubtful_until_a_person_decides(stand, size, seed):
    stand.mail.rule(drop_after_data=max(20, size // 10))
    notice = stand.press(f"send/{size}/", key=key())["notice"]
    stand.settle(notice)
    doubtful = {message: pk for message, state, *_, pk in stand.deliveries(notice) if state == "uncertain"}

    assert set(doubtful) == {note["id"] for note in stand.mail.notes("dropped")}
    stand.check(notice, in_doubt=len(doubtful))

    stand.mail.rule()
    message, pk = doubtful.popitem()
    stand.press(f"again/{pk}/")
    stand.wait(lambda: stand.mail.taken[message] == 2, "the second copy")
    stand.wait(lambda: stand.states(notice).get("uncertain", 0) == len(doubtful), "its end")
    assert [n["attempt"] for n in stand.mail.notes("taken") if n["id"] == message] == ["1", "2"]
    stand.check(notice, in_doubt=len(doubtful), repeats=1)


def test_f12_every_answer_of_the_server_has_its_end(stand, size, seed):
    stand.mail.rule(tempfail=23, goodbye_after=30, refuse={"khong-co": 550, "qua-lon": 552})
    odd = {"name": ["Không có", "Quá lớn"], "address": ["khong-co@nhan.example", "qua-lon@nhan.example"]}
    notice = stand.press(f"send/{size}/", key=key(), **odd)["notice"]

    assert stand.settle(notice) == {"sent": size, "failed": 2}

    assert any(attempts > 1 for *_, attempts, _ in stand.deliveries(notice))
    assert all(
        "no such thing" in reason for _, state, reason, *_ in stand.deliveries(notice) if state == "failed"
    )
    stand.check(notice)


def test_f22_a_poisoned_row_fails_alone(stand, size, seed):
    odd = {"name": ["Thư độc", "Địa chỉ xấu"], "address": ["doc@nhan.example", "khong phai dia chi"]}
    notice = stand.press(f"send/{size}/", key=key(), **odd)["notice"]

    assert stand.settle(notice) == {"sent": size, "failed": 2}
    stand.check(notice)
