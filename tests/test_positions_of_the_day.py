"""Who moved on 1 September stands with the old position in August's papers, with the new one in October's."""

import datetime
import io
from collections.abc import Callable

import pytest
from cast import Cast, hold
from conferences import convene
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from papers import text

from meetings.actions import minutes, participants, roll_call
from meetings.models import Meeting
from members.models import User

OLD, NEW = "Phó Bí thư Thường trực Đảng ủy Khối", "Bí thư Đảng ủy Khối nhiệm kỳ mới"


def held(new_meeting: Callable[..., Meeting], cast: Cast, month: int, day: int) -> Meeting:
    """Held next year with its minutes begun: the change of position is known long before."""
    year = timezone.localdate().year + 1
    begins = timezone.make_aware(datetime.datetime(year, month, day, 14))
    meeting = new_meeting(starts_at=begins, ends_at=begins + datetime.timedelta(hours=3))
    participants.expand_classes(meeting, by=cast.off)
    meeting = convene(meeting, by=cast.off)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[])
    roll_call.open_meeting(meeting, by=cast.off)
    minutes.start_minutes(meeting, by=cast.off)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def both(new_meeting: Callable[..., Meeting], cast: Cast) -> tuple[Meeting, Meeting]:
    year = timezone.localdate().year + 1
    chair = cast.chair_r
    chair.member.holdings.filter(title=OLD).update(valid_to=datetime.date(year, 8, 31))
    hold(chair, cast.secretary, cast.r, title=NEW, valid_from=datetime.date(year, 9, 1))
    return held(new_meeting, cast, 8, 20), held(new_meeting, cast, 10, 14)


def workbook_text(content: bytes) -> str:
    sheet = load_workbook(io.BytesIO(content)).active
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("meetings:meeting", bytes.decode),
        ("meetings:minutes", bytes.decode),
        ("meetings:minutes_file", text),
        ("meetings:attendance_file", text),
        ("meetings:attendance_book", workbook_text),
    ],
)
def test_papers_name_the_position_of_their_day(
    both: tuple[Meeting, Meeting],
    cast: Cast,
    signed_in: Callable[[User], Client],
    address: str,
    read: Callable[[bytes], str],
) -> None:
    office = signed_in(cast.off)

    august, october = (read(office.get(reverse(address, args=[one.pk])).content) for one in both)

    assert (OLD in august, NEW in august) == (True, False)
    assert (OLD in october, NEW in october) == (False, True)
