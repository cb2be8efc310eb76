"""Setting up a conference: its number, its title, its chair, and what its kind brings along."""

from collections.abc import Callable

import pytest
from cast import SINCE, Cast, hold
from conferences import in_days
from django.core.exceptions import ValidationError

from meetings.actions import meetings
from meetings.models import Meeting, MeetingKind, WorkProgram, WorkProgramItem
from members.models import Body, BodyType
from portal.models import AuditEntry


def test_first_conference_of_a_term_has_number_one(new_meeting: Callable[..., Meeting]) -> None:
    assert new_meeting().ordinal == 1


def test_numbers_rise_by_one(new_meeting: Callable[..., Meeting]) -> None:
    assert [new_meeting().ordinal for _ in range(3)] == [1, 2, 3]


def test_title_names_body_number_and_guests(new_meeting: Callable[..., Meeting]) -> None:
    meeting = new_meeting(is_expanded=True, ordinal=20, ordinal_reason="Các hội nghị trước họp trên giấy")

    assert meeting.title == "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 20 (mở rộng)"


def test_another_number_needs_a_reason(new_meeting: Callable[..., Meeting]) -> None:
    with pytest.raises(ValidationError, match="Số tiếp theo là 1"):
        new_meeting(ordinal=20)


def test_number_already_given_is_refused(new_meeting: Callable[..., Meeting]) -> None:
    new_meeting()

    with pytest.raises(ValidationError, match="đã dùng trong nhiệm kỳ"):
        new_meeting(ordinal=1, ordinal_reason="Nhầm số")


def test_conference_outside_any_term_has_no_number(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    cast.term.valid_to = SINCE
    cast.term.save()

    with pytest.raises(ValidationError, match="Chưa có nhiệm kỳ"):
        new_meeting()


def test_unnumbered_kind_gets_no_number(
    new_meeting: Callable[..., Meeting], committee_kind: MeetingKind
) -> None:
    committee_kind.is_numbered = False
    committee_kind.save()

    meeting = new_meeting()

    assert (meeting.ordinal, meeting.title) == (None, "Hội nghị Ban Chấp hành Đảng bộ Khối")


def test_agenda_and_classes_come_from_the_kind(new_meeting: Callable[..., Meeting]) -> None:
    meeting = new_meeting()

    assert [(item.position, item.title) for item in meeting.agenda.all()] == [
        (1, "Khai mạc"),
        (2, "Báo cáo công tác 9 tháng"),
    ]
    assert [row.label for row in meeting.classes.all()] == ["Ủy viên Ban Chấp hành", "Đại biểu mời"]


def test_head_of_the_organisation_takes_the_chair(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    hold(cast.chair_r, cast.secretary, cast.r, title="Bí thư Đảng ủy Khối")

    meeting = new_meeting(chair=None)

    assert (meeting.chair, meeting.chair_title) == (cast.chair_r.member, "Bí thư Đảng ủy Khối")


def test_title_of_the_chair_is_of_the_day_and_stays(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting()
    cast.chair_r.member.holdings.all().update(title="Chức danh đặt lại về sau")

    meeting.refresh_from_db()
    assert meeting.chair_title == "Phó Bí thư Thường trực Đảng ủy Khối"


def test_standing_committee_convenes_the_executive_committee(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    standing = Body.objects.create(
        organization=cast.r,
        body_type=BodyType.STANDING_COMMITTEE,
        name="Ban Thường vụ Đảng ủy Khối",
        valid_from=cast.term.valid_from,
    )

    assert new_meeting().convener == standing


def test_row_of_the_programme_gives_the_purpose(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    program = WorkProgram.objects.create(body=cast.executive_committee, year=2026)
    row = WorkProgramItem.objects.create(program=program, month=9, content="Sơ kết 9 tháng")

    meeting = new_meeting(program_item=row)

    assert (meeting.program_item, meeting.purpose) == (row, "Sơ kết 9 tháng")


def test_end_before_start_is_refused_in_words(new_meeting: Callable[..., Meeting]) -> None:
    with pytest.raises(ValidationError, match="phải sau giờ bắt đầu"):
        new_meeting(ends_at=in_days(9))


def test_who_set_it_up_is_on_record(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting()

    entry = AuditEntry.objects.about(meeting).get()
    assert (entry.action, entry.actor) == ("meetings.create", cast.off)


def test_correction_keeps_version_and_rebuilds_the_title(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    meeting = meetings.correct_meeting(new_meeting(), is_expanded=True, by=cast.off)

    assert (meeting.version, meeting.title) == (
        1,
        "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 1 (mở rộng)",
    )


def test_title_written_by_a_person_is_kept(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting(title="Hội nghị sơ kết quý")

    assert meetings.correct_meeting(meeting, is_expanded=True, by=cast.off).title == "Hội nghị sơ kết quý"
