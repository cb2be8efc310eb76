"""The annual work programme: done, due and late by its conferences, and written by the office."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from meeting_factory import make_meeting

from meetings.actions import programs
from meetings.models import MeetingState, WorkProgram, WorkProgramItem
from members.models import User

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
PAGE = "meetings:programs"


@pytest.fixture(autouse=True)
def in_august():
    with time_machine.travel(datetime.datetime(2024, 8, 15, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def program(cast: Cast) -> WorkProgram:
    return programs.create_program(body=cast.executive_committee, year=2024, by=cast.off)


def add(program: WorkProgram, cast: Cast, month: int, **fields: object) -> WorkProgramItem:
    return programs.add_item(program, by=cast.off, month=month, **{"content": f"Việc {month}"} | fields)


def statuses(browser: Client, year: int = 2024) -> list[str]:
    shown = browser.get(reverse(PAGE), {"nam": year}).context["programs"]
    return [row.status for _, rows in shown for row in rows]


def test_row_is_late_due_or_ahead_by_its_month(cast: Cast, program: WorkProgram, signed_in: SignedIn) -> None:
    for month in (7, 8, 9):
        add(program, cast, month)

    assert statuses(signed_in(cast.off)) == ["late", "due", "ahead"]


def test_quarter_is_due_from_its_first_month_and_late_after_its_last(
    cast: Cast, program: WorkProgram, signed_in: SignedIn
) -> None:
    for month in (6, 9, 12):
        add(program, cast, month, is_quarterly=True)

    assert statuses(signed_in(cast.off)) == ["late", "due", "ahead"]
    assert "Quý III" in signed_in(cast.off).get(reverse(PAGE)).text


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (MeetingState.FINAL, "done"),
        (MeetingState.CONVENED, "late"),
        (MeetingState.CANCELLED, "late"),
    ],
)
def test_row_follows_its_conference(
    cast: Cast, program: WorkProgram, signed_in: SignedIn, state: MeetingState, status: str
) -> None:
    make_meeting(cast, program_item=add(program, cast, 7), state=state, state_reason="Lý do")

    assert statuses(signed_in(cast.off)) == [status]


def test_planned_conference_is_linked(cast: Cast, program: WorkProgram, signed_in: SignedIn) -> None:
    meeting = make_meeting(cast, program_item=add(program, cast, 9))

    assert statuses(signed_in(cast.off)) == ["planned"]
    assert meeting.get_absolute_url() in signed_in(cast.off).get(reverse(PAGE)).text


def test_office_writes_a_programme_and_its_rows(cast: Cast, signed_in: SignedIn) -> None:
    office = signed_in(cast.off)
    office.post(reverse("meetings:create_program"), {"body": cast.executive_committee.pk, "year": 2025})
    program = WorkProgram.objects.get()

    office.post(
        reverse("meetings:add_program_item", args=[program.pk]),
        {"period": "q9", "content": "Sơ kết 9 tháng", "output": "Báo cáo"},
    )

    item = program.items.get()
    assert (item.month, item.is_quarterly, item.content, item.output) == (
        9,
        True,
        "Sơ kết 9 tháng",
        "Báo cáo",
    )
    office.post(reverse("meetings:edit_program_item", args=[item.pk]), {"period": "t10", "content": "Sơ kết"})
    item.refresh_from_db()
    assert (item.period, item.content) == ("Tháng 10", "Sơ kết")


def test_second_programme_of_a_year_is_refused_in_words(
    cast: Cast, program: WorkProgram, signed_in: SignedIn
) -> None:
    given = {"body": cast.executive_committee.pk, "year": 2024}

    page = signed_in(cast.off).post(reverse("meetings:create_program"), given)

    assert "Năm này đã có chương trình công tác." in page.text


def test_last_year_is_copied_once_with_its_years_moved_on(
    cast: Cast, program: WorkProgram, signed_in: SignedIn
) -> None:
    add(program, cast, 12, content="Tổng kết năm 2024, nhiệm vụ năm 2025; từ Đại hội 2020", output="Báo cáo")
    add(program, cast, 3, is_quarterly=True)
    next_year = programs.create_program(body=cast.executive_committee, year=2025, by=cast.off)

    for _ in range(2):
        signed_in(cast.off).post(reverse("meetings:copy_program", args=[next_year.pk]))

    assert list(next_year.items.values_list("month", "is_quarterly", "content", "output")) == [
        (3, True, "Việc 3", ""),
        (12, False, "Tổng kết năm 2025, nhiệm vụ năm 2026; từ Đại hội 2020", "Báo cáo"),
    ]


def test_nothing_to_copy_is_said(cast: Cast, program: WorkProgram) -> None:
    with pytest.raises(ValidationError, match="chưa có chương trình công tác năm 2023"):
        programs.copy_last_year(program, by=cast.off)


def test_row_with_a_conference_is_not_removed(cast: Cast, program: WorkProgram, signed_in: SignedIn) -> None:
    kept, gone = add(program, cast, 7), add(program, cast, 8)
    make_meeting(cast, program_item=kept)

    for item in (kept, gone):
        signed_in(cast.off).post(reverse("meetings:remove_program_item", args=[item.pk]))

    assert list(program.items.all()) == [kept]


def test_reader_of_the_programme_finds_no_pen(cast: Cast, program: WorkProgram, signed_in: SignedIn) -> None:
    page = signed_in(cast.sec_a).get(reverse(PAGE))

    assert (page.status_code, "Lập chương trình năm" in page.text) == (200, False)


@pytest.mark.parametrize("number", [1, 6])
def test_page_costs_the_same_however_long(
    cast: Cast, program: WorkProgram, signed_in: SignedIn, number: int, django_assert_max_num_queries
) -> None:
    for month in range(1, number + 1):
        make_meeting(cast, program_item=add(program, cast, month))
    office = signed_in(cast.off)
    office.get(reverse(PAGE))

    with django_assert_max_num_queries(10):
        office.get(reverse(PAGE))
