"""The number on the bell is the number of notices that the list would show as unread."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import User
from portal import bell, outbox
from portal.models import PortalNotice


@pytest.fixture
def told(edi: User, mem_a1: User) -> None:
    """Five notices: two unread, one read, one withdrawn, one still held back."""
    recipient = outbox.Recipient(user=mem_a1, name=str(mem_a1), address=mem_a1.email, key=f"user:{mem_a1.pk}")
    for number in range(5):
        outbox.post(
            kind="news.returned",
            about=edi,
            recipients=[recipient],
            key=f"bell:{number}",
            title="Thông báo",
            url="/",
            by=edi,
            hold=datetime.timedelta(minutes=2 if number == 4 else 0),
        )
    now = timezone.now()
    rows = PortalNotice.objects.order_by("pk")
    PortalNotice.objects.filter(pk=rows[0].pk).update(read_at=now)
    PortalNotice.objects.filter(pk=rows[1].pk).update(withdrawn_at=now)


@pytest.mark.usefixtures("told")
def test_bell_counts_what_the_list_shows_and_asks_once(mem_a1: User) -> None:
    request = RequestFactory().get("/")
    request.user = mem_a1

    with CaptureQueriesContext(connection) as captured:
        counts = [bell.unread_count(request) for _ in range(2)]

    assert counts == [2, 2] == [PortalNotice.objects.visible_to(mem_a1).unread().count()] * 2
    assert len(captured) == 1


def test_nobody_has_no_notices() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert bell.unread_count(request) == 0
