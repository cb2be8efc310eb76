"""Twenty conferences set up in the same moment get twenty numbers without a gap or a double."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from cast import Cast
from conferences import in_days
from django.db import connections

from meetings.actions import meetings
from meetings.models import Meeting, MeetingKind


@pytest.mark.django_db(transaction=True)
def test_numbers_from_twenty_transactions_at_once(cast: Cast, committee_kind: MeetingKind) -> None:
    def create(_: int) -> None:
        try:
            meetings.create_meeting(
                kind=committee_kind,
                body=cast.executive_committee,
                starts_at=in_days(10),
                ends_at=in_days(10, 17),
                venue="Hội trường tầng 2",
                by=cast.off,
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(create, range(20)))

    assert sorted(Meeting.objects.values_list("ordinal", flat=True)) == list(range(1, 21))
