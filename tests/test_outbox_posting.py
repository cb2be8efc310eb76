"""`post`: everybody once, in the caller's transaction, in few queries, without broker or mail server."""

import unicodedata
from datetime import timedelta

import pytest
from django.db import transaction
from letters import Plain, people, post

from portal import outbox
from portal.models import Delivery, DeliveryState, Notice, PortalNotice
from portal.outbox import Recipient
from portal.outbox.writing import message_id


@pytest.fixture(autouse=True)
def plain():
    return outbox.register(Plain())


def states():
    return set(Delivery.objects.values_list("recipient_key", "state"))


def test_one_delivery_per_person_and_one_portal_notice_per_account(cast):
    recipients = [Recipient(cast.off, "Văn phòng", "vp@nhan.invalid", "user:1"), *people(2)]

    notice = post(cast.r, recipients, by=cast.off)

    assert states() == {("user:1", "queued"), ("participant:0", "queued"), ("participant:1", "queued")}
    assert list(PortalNotice.objects.values_list("recipient", flat=True)) == [cast.off.pk]
    assert (notice.recipient_count, notice.portal_count) == (3, 1)


def test_a_name_in_pieces_is_written_whole(cast):
    in_pieces = unicodedata.normalize("NFD", "Nguyễn Thị Hà")

    notice = post(cast.r, [Recipient(None, in_pieces, "ha@vp.example", "participant:1")])

    assert notice.deliveries.get().name == "Nguyễn Thị Hà"


def test_the_same_key_again_adds_only_who_is_new(cast):
    first = post(cast.r, people(2))

    second = post(cast.r, people(3))

    assert second.pk == first.pk
    assert second.recipient_count == Delivery.objects.count() == 3


def test_somebody_without_address_is_counted_and_shown(cast):
    post(cast.r, [Recipient(None, "Không thư", "", "participant:9")])

    assert states() == {("participant:9", "no_address")}


def test_a_person_listed_twice_gets_one(cast):
    notice = post(cast.r, people(2) + people(2))

    assert notice.recipient_count == 2


def test_a_higher_version_stops_what_is_unsent_of_the_lower(cast):
    post(cast.r, people(2))

    post(cast.r, people(2), version=2, replaces="Đã đổi giờ.")

    old = Delivery.objects.filter(notice__version=1)
    assert set(old.values_list("state", "reason")) == {("cancelled", "Đã đổi giờ.")}
    assert set(Delivery.objects.filter(notice__version=2).values_list("state", flat=True)) == {"queued"}


def test_held_rows_are_due_after_the_hold_and_shown_then(cast):
    notice = post(cast.r, [Recipient(cast.off, "VP", "vp@nhan.invalid", "user:1")], hold=timedelta(minutes=2))

    assert Delivery.objects.get().due == notice.hold_until == notice.posted_at + timedelta(minutes=2)
    assert not PortalNotice.objects.visible_to(cast.off).exists()
    assert PortalNotice.objects.visible_to(cast.off, notice.hold_until).exists()


def test_an_unknown_kind_writes_nothing(cast):
    with pytest.raises(LookupError):
        post(cast.r, people(1), kind="tests.nobody")

    assert not Notice.objects.exists()


def test_a_transaction_that_fails_leaves_nothing(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        post(cast.r, people(1))
        raise RuntimeError

    assert not Notice.objects.exists() and not Delivery.objects.exists()


def test_message_ids_are_derived_from_the_row(cast):
    notice = post(cast.r, people(2))
    first, second = Delivery.objects.order_by("pk")

    assert first.message_id == message_id(notice, "participant:0", "mail")
    assert first.message_id.startswith(f"<n{notice.pk}.v1.")
    assert first.message_id != second.message_id


def test_five_thousand_people_cost_few_queries(cast, django_assert_max_num_queries):
    recipients = people(5000)

    with django_assert_max_num_queries(15):
        notice = post(cast.r, recipients)

    assert notice.deliveries.counts() == {DeliveryState.QUEUED: 5000}
