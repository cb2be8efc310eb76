"""My notices and the sending board, through the client."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from letters import Plain, people, post

from portal import outbox
from portal.models import AuditEntry, Delivery, DeliveryState, PortalNotice
from portal.outbox import Recipient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain():
    return outbox.register(Plain())


@pytest.fixture
def boss(cast):
    cast.off.full_name = "Sếp Văn phòng"
    cast.off.save()
    return cast.off


def tell(user, number=1):
    for n in range(number):
        post(user, [Recipient(user, "Tôi", "toi@nhan.example", "user:1")], key=f"thu:{n}", url="/thong-bao/")


def in_doubt(notice):
    notice.deliveries.update(state=DeliveryState.UNCERTAIN, reason="Đứt nối sau khi gửi.")
    return notice.deliveries.get()


def test_my_notices_show_mine_only(client, cast):
    tell(cast.mem_a1)
    client.force_login(cast.mem_b1)

    assert "Mời họp" not in client.get(reverse("notices")).content.decode()

    client.force_login(cast.mem_a1)
    assert "Mời họp" in client.get(reverse("notices")).content.decode()


def test_older_notices_stand_on_the_next_page(client, cast):
    tell(cast.mem_a1, 25)
    client.force_login(cast.mem_a1)
    first = client.get(reverse("notices"))

    second = client.get(reverse("notices"), {"truoc": first.context["older"]})

    assert len(first.context["notices"]) == 20 and len(second.context["notices"]) == 5
    assert second.context["older"] is None


def test_the_list_asks_the_same_number_of_questions_at_one_and_twenty(
    client, cast, django_assert_num_queries
):
    client.force_login(cast.mem_a1)
    tell(cast.mem_a1)
    client.get(reverse("notices"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("notices"))
    tell(cast.mem_a1, 19)

    with django_assert_num_queries(len(one)):
        client.get(reverse("notices"))


def test_opening_takes_the_mark_away_and_leads_to_the_thing(client, cast):
    tell(cast.mem_a1)
    client.force_login(cast.mem_a1)
    mine = PortalNotice.objects.get()

    response = client.post(reverse("notice_open", args=[mine.pk]))

    mine.refresh_from_db()
    assert response.status_code == 302 and response["Location"] == "/thong-bao/"
    assert mine.read_at


def test_a_get_opens_nothing(client, cast):
    tell(cast.mem_a1)
    client.force_login(cast.mem_a1)

    assert client.get(reverse("notice_open", args=[PortalNotice.objects.get().pk])).status_code == 405
    assert not PortalNotice.objects.get().read_at


def test_somebody_elses_notice_does_not_exist(client, cast):
    tell(cast.mem_a1)
    client.force_login(cast.mem_b1)

    assert client.post(reverse("notice_open", args=[PortalNotice.objects.get().pk])).status_code == 404


def test_the_board_is_hidden_from_whom_the_sender_does_not_name(client, cast, boss):
    notice = post(cast.r, people(2))

    client.force_login(cast.mem_a1)
    assert client.get(reverse("notice_board", args=[notice.pk])).status_code == 404
    client.force_login(boss)
    assert client.get(reverse("notice_board", args=[notice.pk])).status_code == 200


def test_the_board_counts_everybody_and_filters_by_state(client, cast, boss):
    notice = post(cast.r, [*people(2), Recipient(None, "Không thư", "", "participant:9")])
    client.force_login(boss)

    board = client.get(reverse("notice_board", args=[notice.pk]), {"trang_thai": "no_address"})

    assert board.context["progress"].total == 3
    assert [delivery.name for delivery in board.context["deliveries"]] == ["Không thư"]
    assert "Không có địa chỉ thư" in board.content.decode()


def test_the_progress_fragment_asks_again_only_while_letters_leave(client, cast, boss):
    notice = post(cast.r, people(2))
    client.force_login(boss)
    address = reverse("notice_progress", args=[notice.pk])

    assert "hx-trigger" in client.get(address).content.decode()
    notice.deliveries.update(state=DeliveryState.FAILED, reason="hỏng")
    assert "hx-trigger" not in client.get(address).content.decode()


def test_a_doubtful_letter_is_sent_again_when_a_person_says_so(client, cast, boss):
    row = in_doubt(post(cast.r, people(1)))
    client.force_login(boss)

    client.post(reverse("delivery_decide", args=[row.pk]), {"act": "send_again"})

    row.refresh_from_db()
    assert row.state == DeliveryState.QUEUED
    assert row.history[-1]["words"] == "Sếp Văn phòng cho gửi lại"
    assert AuditEntry.objects.get().action == "outbox.send_again"


def test_a_doubtful_letter_known_to_have_arrived_counts_as_sent(client, cast, boss):
    row = in_doubt(post(cast.r, people(1)))
    Delivery.objects.update(started_at=row.due)
    client.force_login(boss)

    client.post(reverse("delivery_decide", args=[row.pk]), {"act": "mark_sent"})

    row.refresh_from_db()
    assert (row.state, row.reply) == (DeliveryState.SENT, "Sếp Văn phòng xác nhận đã tới")


def test_the_second_of_two_decisions_is_told_so(client, cast, boss):
    row = in_doubt(post(cast.r, people(1)))
    client.force_login(boss)
    client.post(reverse("delivery_decide", args=[row.pk]), {"act": "send_again"})

    answer = client.post(reverse("delivery_decide", args=[row.pk]), {"act": "send_again"}, follow=True)

    assert "không cần quyết định" in answer.content.decode()
    assert AuditEntry.objects.count() == 1


def test_cancelling_within_the_hold_leaves_nobody_told(client, cast, boss):
    notice = post(
        cast.r,
        [Recipient(cast.mem_a1, "Tôi", "toi@nhan.example", "user:1")],
        hold=outbox.usual_hold(),
    )
    client.force_login(boss)

    client.post(reverse("notice_cancel", args=[notice.pk]))

    assert notice.deliveries.get().state == DeliveryState.CANCELLED
    assert not PortalNotice.objects.visible_to(cast.mem_a1, notice.hold_until).exists()
    assert AuditEntry.objects.get().about_id == notice.pk


def test_after_a_cancel_the_same_notice_can_be_posted_anew(client, cast, boss):
    first = post(cast.r, people(1), hold=outbox.usual_hold())
    outbox.cancel(first, by=boss)

    second = post(cast.r, people(1))

    assert second.pk != first.pk
    assert second.deliveries.get().state == DeliveryState.QUEUED


def test_an_unknown_way_of_deciding_is_refused(client, cast, boss):
    row = in_doubt(post(cast.r, people(1)))
    client.force_login(boss)

    assert client.post(reverse("delivery_decide", args=[row.pk]), {"act": "delete"}).status_code == 403


def test_administrator_sees_states_and_reasons_without_content(client, cast):
    notice = post(cast.off, [Recipient(None, "Khách", "le.khach@nhan.example", "guest:1")])
    in_doubt(notice)
    client.force_login(cast.adm)

    page = client.get(reverse("notice_board", args=[notice.pk])).content.decode()
    desk = client.get(reverse("admin:index")).content.decode()

    assert ("Đứt nối sau khi gửi." in page, "l…@nhan.example" in page) == (True, True)
    assert [word for word in ("le.khach", notice.title) if word in page + desk] == []
    assert reverse("notice_board", args=[notice.pk]) in desk


def test_administrator_decides_on_no_letter(client, cast):
    delivery = in_doubt(post(cast.off, [Recipient(None, "Khách", "k@nhan.example", "guest:1")]))
    client.force_login(cast.adm)

    refused = client.post(reverse("delivery_decide", args=[delivery.pk]), {"act": "send_again"})

    delivery.refresh_from_db()
    assert (refused.status_code, delivery.state) == (403, DeliveryState.UNCERTAIN)
