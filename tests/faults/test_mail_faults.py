"""What the mail server may do to us: F07 to F10, F12, F22."""

import itertools
import time

import pytest

from faults.promises import check

pytestmark = [pytest.mark.faults, pytest.mark.stack]
numbers = itertools.count()
BREAKER_SECONDS, DOT_SECONDS = 2, 4  # as in faults/settings.py
BANNER = "Chưa liên lạc được với máy chủ thư"


def key():
    return f"mail:{next(numbers)}"


def test_f07_refused_connections_cost_no_attempt(stand, size, dice):
    stand.mail.stop()
    away_from, known = time.monotonic(), stand.logged("Mail server unreachable")
    notice = stand.send(size, key=key())
    stand.wait(lambda: BANNER in stand.board(notice).text, "the banner", 15)
    time.sleep(dice.uniform(2, 5))

    assert {(row.state, row.attempts) for row in stand.deliveries(notice)} == {("queued", 0)}
    probes = stand.logged("Mail server unreachable") - known
    # Each sender stumbles over it once; then one knocks for all.
    assert 1 <= probes <= 2 + (time.monotonic() - away_from) / BREAKER_SECONDS

    stand.mail.start()
    assert stand.settle(notice) == {"sent": size}
    assert BANNER not in stand.board(notice).text
    check(stand, notice)


def test_f08_a_silent_server_holds_nobody_and_nothing_is_doubtful(stand, size, seed):
    stand.mail.rule(silent=True)
    known = stand.logged("Mail server unreachable")
    with stand.reading() as answers:
        notice = stand.send(size, key=key())
        stand.wait(lambda: stand.mail.notes("connected"), "a connection")
        stand.wait(
            lambda: stand.logged("Mail server unreachable") > known, "the senders' patience to end", 15
        )
    assert {(row.state, row.attempts) for row in stand.deliveries(notice)} == {("queued", 0)}
    assert {answer.status for answer in answers} == {200}

    stand.mail.rule()
    assert stand.settle(notice) == {"sent": size}
    check(stand, notice)


def test_f09_silence_after_the_dot_makes_one_row_doubtful_while_others_go_on(stand, size, dice):
    stand.mail.rule(silent_after_data=dice.randrange(size // 2 + 1, size * 3 // 4))
    notice = stand.send(size, key=key())

    stand.settle(notice)

    (stalled,) = stand.mail.notes("stalled")
    doubtful = [row for row in stand.deliveries(notice) if row.state == "uncertain"]
    assert [row.message_id for row in doubtful] == [stalled["id"]], doubtful
    waiting = [note for note in stand.mail.notes("taken") if 0 < note["at"] - stalled["at"] < DOT_SECONDS]
    assert waiting, "nobody sent while one sender waited for the answer"
    check(stand, notice, in_doubt=1)


def test_f10_a_line_cut_after_the_dot_is_doubtful_until_a_person_decides(stand, size, dice):
    stand.mail.rule(drop_after_data=size // 10)
    notice = stand.send(size, key=key())
    stand.settle(notice)
    doubtful = {row.message_id: row.id for row in stand.deliveries(notice) if row.state == "uncertain"}

    assert len(doubtful) == 10 and set(doubtful) == stand.mail.noted("dropped")
    check(stand, notice, in_doubt=10)

    stand.mail.rule()
    for pk in dice.sample(list(doubtful.values()), 10):
        stand.office.post(f"thong-bao/luot-gui/{pk}/", act="send_again")
    stand.wait(lambda: stand.states(notice) == {"sent": size}, "the second copies")
    for row in stand.deliveries(notice):
        if row.message_id in doubtful:
            attempts = [n["attempt"] for n in stand.mail.notes("taken") if n["id"] == row.message_id]
            assert attempts == ["1", "2"] and row.attempts == 2
            assert [event["state"] for event in row.history] == ["uncertain", "queued", "sent"]
    check(stand, notice, again=set(doubtful))


def test_f12_every_answer_of_the_server_has_its_end(stand, size, dice):
    stand.mail.rule(
        tempfail=dice.randrange(17, 29),
        goodbye_after=dice.randrange(20, 40),
        refuse={"khong-co": 550, "qua-lon": 552},
    )
    odd = {"name": ["Không có", "Quá lớn"], "address": ["khong-co@nhan.example", "qua-lon@nhan.example"]}
    notice = stand.send(size, key=key(), **odd)

    assert stand.settle(notice) == {"sent": size, "failed": 2}

    rows = stand.deliveries(notice)
    assert any(row.attempts > 1 for row in rows)
    assert {(row.attempts, row.name) for row in rows if row.state == "failed"} == {
        (1, "Không có"),
        (1, "Quá lớn"),
    }
    shown = stand.board(notice, "?trang_thai=failed").text
    assert shown.count("Máy chủ thư từ chối: 55") == 2
    check(stand, notice)


def test_f22_a_poisoned_row_fails_alone_and_is_named(stand, size, dice):
    odd = {
        "name": ["Thư độc", "Địa chỉ xấu", "Tệp nặng"],
        "address": ["doc@nhan.example", "khong phai dia chi", "nang@nhan.example"],
    }
    notice = stand.send(size, key=key(), **odd)

    assert stand.settle(notice) == {"sent": size, "failed": 3}

    failed = {row.name: row for row in stand.deliveries(notice) if row.state == "failed"}
    assert set(failed) == set(odd["name"])
    assert stand.logged(f'"delivery": {failed["Thư độc"].id}') == 1
    check(stand, notice)
