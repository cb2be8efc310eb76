"""The calendar attachment: one event for ever, in UTC, asked for or taken away."""

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import override_settings

from meetings import calendar
from meetings.calendar import Invitation

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def invitation(**fields: object) -> Invitation:
    row = {
        "meeting_id": 20,
        "sequence": 1,
        "title": "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 20 (mở rộng)",
        "starts_at": datetime.datetime(2024, 9, 26, 14, 0, tzinfo=HANOI),
        "ends_at": datetime.datetime(2024, 9, 26, 17, 0, tzinfo=HANOI),
        "venue": "Hội trường tầng 2, trụ sở Đảng ủy Khối",
        "url": "https://cong.invalid/hop/20/",
        "stamped_at": datetime.datetime(2024, 9, 19, 8, 0, tzinfo=HANOI),
        "attendee_name": "Nguyễn Thị Thanh Thủy",
        "attendee_address": "thuy@khoi.invalid",
        "is_required": True,
    } | fields
    return Invitation(**row)


def event(content: bytes) -> icalendar.cal.Component:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")[0]


def test_two_in_the_afternoon_is_seven_in_utc() -> None:
    content = calendar.render(invitation(), "REQUEST")

    assert b"DTSTART:20240926T070000Z" in content
    assert b"DTEND:20240926T100000Z" in content


@override_settings(EMAIL_DOMAIN="khoi.invalid")
def test_change_is_the_same_event_with_a_higher_sequence() -> None:
    first, second = (event(calendar.render(invitation(sequence=n), "REQUEST")) for n in (1, 2))

    assert first["uid"] == second["uid"] == "hop-20@khoi.invalid"
    assert (first["sequence"], second["sequence"]) == (1, 2)


def test_cancellation_says_so_twice() -> None:
    content = calendar.render(invitation(sequence=3), "CANCEL")

    assert icalendar.Calendar.from_ical(content)["method"] == "CANCEL"
    assert event(content)["status"] == "CANCELLED"


def test_attendee_and_organizer_are_named() -> None:
    found = event(calendar.render(invitation(), "REQUEST"))

    assert found["attendee"] == "mailto:thuy@khoi.invalid"
    assert found["attendee"].params["CN"] == "Nguyễn Thị Thanh Thủy"
    assert found["organizer"].startswith("mailto:")


def test_the_same_letter_gives_the_same_file() -> None:
    assert calendar.render(invitation(), "REQUEST") == calendar.render(invitation(), "REQUEST")


def test_lines_end_and_fold_as_the_standard_asks() -> None:
    lines = calendar.render(invitation(), "REQUEST").split(b"\r\n")

    assert max(map(len, lines)) <= 75


GOLDEN = Path(__file__).parent / "golden" / "calendar"
THREE_FIFTEEN = datetime.datetime(2024, 9, 26, 15, 15, tzinfo=HANOI)
A_DAY_LATER = datetime.datetime(2024, 9, 20, 9, 30, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("name", "method", "fields", "is_for_all"),
    [
        ("create", "REQUEST", {}, True),
        ("change", "REQUEST", {"sequence": 2, "starts_at": THREE_FIFTEEN, "stamped_at": A_DAY_LATER}, True),
        ("cancel", "CANCEL", {"sequence": 2, "stamped_at": A_DAY_LATER}, True),
        ("one-removed", "CANCEL", {"stamped_at": A_DAY_LATER}, False),
    ],
)
@override_settings(EMAIL_DOMAIN="khoi.invalid", DEFAULT_FROM_EMAIL="Văn phòng <van-phong@khoi.invalid>")
def test_file_is_byte_for_byte_what_the_standard_asks(
    name: str, method: calendar.Method, fields: dict[str, object], is_for_all: bool
) -> None:
    content = calendar.render(invitation(**fields), method, is_for_all=is_for_all)

    assert content == (GOLDEN / f"{name}.ics").read_bytes()


def test_who_is_taken_off_alone_cancels_nothing_for_the_others() -> None:
    """RFC 5546 3.2.5: STATUS must not be there when one attendee is uninvited."""
    content = calendar.render(invitation(), "CANCEL", is_for_all=False)

    assert icalendar.Calendar.from_ical(content)["method"] == "CANCEL"
    assert "status" not in event(content)
