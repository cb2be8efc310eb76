"""The drain against a real mail server: every row ends in the state that is true."""

import pytest
from django.test import override_settings
from letters import Plain, people, post
from stand.mailserver import MailServer

from portal import outbox
from portal.delivery import drain
from portal.models import ChannelBreaker, Delivery, DeliveryState
from portal.outbox import Recipient, invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = MailServer(tmp_path_factory.mktemp("sink"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def sink(server, settings):
    outbox.register(Plain())
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.forget()
    return server


def states(notice):
    return {state.value: number for state, number in notice.deliveries.counts().items()}


def test_everybody_gets_it_once(cast, sink):
    notice = post(cast.r, people(45))

    drained = drain()

    assert drained == (45, True)
    assert states(notice) == {"sent": 45}
    assert set(sink.taken) == set(notice.deliveries.values_list("message_id", flat=True))
    assert set(sink.taken.values()) == {1}
    assert invariants.broken() == []


def test_what_the_server_said_and_when_is_kept(cast, sink):
    notice = post(cast.r, people(1))

    drain()

    row = notice.deliveries.get()
    assert (row.reply, row.attempts, row.worker) == ("250 taken", 1, None)
    assert row.sent_at >= row.started_at and row.payload_hash
    assert [event["state"] for event in row.history] == ["sent"]


def test_a_clear_refusal_fails_only_that_row(cast, sink):
    sink.rule(refuse={"nguoi1@": 550})
    notice = post(cast.r, people(3))

    drain()

    assert states(notice) == {"sent": 2, "failed": 1}
    assert "550 no such thing here" in notice.deliveries.get(state="failed").reason


def test_a_temporary_refusal_is_tried_again_later(cast, sink):
    sink.rule(refuse={"nguoi1@": 451})
    notice = post(cast.r, people(2))

    drain()
    row = notice.deliveries.get(state="retry")

    assert 7 < (row.due - notice.posted_at).total_seconds() < 15
    assert row.attempts == 1


def test_a_line_cut_after_the_dot_is_doubtful_and_not_repeated(cast, sink):
    sink.rule(drop_after_data=2)
    notice = post(cast.r, people(4))

    drain()
    drain()

    assert states(notice) == {"sent": 2, "uncertain": 2}
    assert set(sink.taken.values()) == {1}


def test_a_server_that_takes_one_command_at_a_time_gets_one(cast, sink):
    sink.rule(turn_by_turn=True)
    notice = post(cast.r, people(3))

    drain()

    assert states(notice) == {"sent": 3}


def test_a_refused_sender_is_told_by_the_first_of_two_answers(cast, sink, settings):
    settings.DEFAULT_FROM_EMAIL = "Cổng <khong-nhan@vp.example>"
    sink.rule(refuse_sender=550)
    notice = post(cast.r, people(2))

    drain()

    assert states(notice) == {"failed": 2}
    assert "550 not from you" in notice.deliveries.first().reason


def test_goodbye_of_the_server_costs_nothing(cast, sink):
    sink.rule(goodbye_after=2)
    notice = post(cast.r, people(5))

    drain()

    assert states(notice) == {"sent": 5}
    assert set(notice.deliveries.values_list("attempts", flat=True)) == {1}


def test_silence_after_the_dot_frees_the_other_rows(cast, sink):
    sink.rule(silent_after_data=2)
    notice = post(cast.r, people(3))

    with override_settings(OUTBOX_DOT_SECONDS=0.2):
        drain()

    assert states(notice) == {"sent": 2, "uncertain": 1}


def test_an_absent_server_is_no_attempt_of_any_row(cast, sink, settings):
    settings.EMAIL_PORT = 1
    notice = post(cast.r, people(3))

    drain()
    drain()

    breaker = ChannelBreaker.objects.get()
    assert states(notice) == {"queued": 3}
    assert set(notice.deliveries.values_list("attempts", flat=True)) == {0}
    assert breaker.is_open and "refused" in breaker.reason


def test_the_probe_closes_the_breaker(cast, sink, settings):
    notice = post(cast.r, people(3))
    with override_settings(EMAIL_PORT=1, OUTBOX_BREAKER_SECONDS=0):
        drain()

    drain()

    assert states(notice) == {"sent": 3}
    assert not ChannelBreaker.objects.get().is_open


def test_while_the_breaker_is_open_nobody_knocks(cast, sink):
    notice = post(cast.r, people(3))
    with override_settings(EMAIL_PORT=1):
        drain()

    drain()

    assert states(notice) == {"queued": 3}
    assert sink.notes("connected") == []


def test_a_poisoned_row_fails_alone(cast, sink):
    odd = [
        Recipient(None, "Thư độc", "doc@nhan.example", "participant:100"),
        Recipient(None, "Địa chỉ xấu", "khong phai dia chi", "participant:101"),
        Recipient(None, "Hai dòng\r\nBcc: ke-la@nhan.example", "la@nhan.example", "participant:102"),
        Recipient(None, "Xấu", "a@b.example\r\nRCPT TO:<ke-la@nhan.example>", "participant:103"),
    ]
    notice = post(cast.r, odd + people(3))

    drain()

    assert states(notice) == {"sent": 4, "failed": 3}
    assert {note["to"] for note in sink.notes("taken")} == {
        "la@nhan.example",
        *(f"nguoi{n}@nhan.example" for n in range(3)),
    }


def test_what_the_kind_refuses_is_cancelled_with_the_reason(cast, sink):
    notice = post(cast.r, [Recipient(None, "Ông thôi", "thoi@nhan.example", "participant:7")])

    drain()

    assert set(notice.deliveries.values_list("state", "reason")) == {("cancelled", "Đã thôi mời.")}
    assert not sink.taken


def test_a_locked_account_gets_no_mail(cast, sink):
    post(cast.r, [Recipient(cast.mem_a1, "Đã khóa", "khoa@nhan.example", "user:1")])
    type(cast.mem_a1).objects.filter(pk=cast.mem_a1.pk).update(is_active=False)

    drain()

    assert Delivery.objects.get().state == DeliveryState.CANCELLED


def test_asked_to_stop_it_finishes_the_row_in_hand_and_gives_back_the_rest(cast, sink):
    notice = post(cast.r, people(10))
    asked = iter([False] * 6 + [True] * 100)

    drain(should_stop=lambda: next(asked))

    found = states(notice)
    assert set(found) == {"sent", "queued"} and sum(found.values()) == 10
    assert found["sent"] == len(sink.taken) > 0


def test_small_notices_overtake_mass_sendings(cast, sink):
    post(cast.r, people(60))
    post(cast.r, people(1, first=900), key="thu:2")

    drain()

    assert sink.notes("taken")[0]["to"] == "nguoi900@nhan.example"
