"""Tasks followed to their end: evidence, more time, reminders, and a look at them in the next conference."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hostile.files import pdf
from meeting_factory import add_person, make_m1

from meetings.actions import conclusions, extensions, meetings, tasks
from meetings.models import ConclusionKind, Meeting, MeetingState, ReminderStep, ReminderSubject, Task
from meetings.tasks import remind_due
from members.models import User
from portal.models import Notice

Browser = Callable[[User | None], Client]
DUE = datetime.date(2026, 3, 20)
LATER = datetime.date(2026, 4, 10)


@pytest.fixture
def today() -> time_machine.Traveller:
    """Monday, 2 March 2026, 9 o'clock."""
    with time_machine.travel(datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def held(cast: Cast, today: object) -> Meeting:
    return make_m1(cast, state=MeetingState.MINUTES)


@pytest.fixture
def task(cast: Cast, held: Meeting) -> Task:
    """Given to A until 20 March, issued now."""
    line = conclusions.add_conclusion(held, kind=ConclusionKind.TASK, text="Rà soát", by=cast.off)
    tasks.add_task(line, title="Rà soát đảng viên", lead=cast.a, deadline=DUE, by=cast.off)
    return conclusions.issue_conclusions(held, by=cast.off)[0]


def at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def told(kind: str) -> list[set[str]]:
    notices = Notice.objects.filter(kind=f"meetings.{kind}").order_by("pk")
    return [{row.name for row in notice.deliveries.all()} for notice in notices]


def test_more_time_is_asked_granted_and_the_first_deadline_kept(
    cast: Cast, task: Task, signed_in: Browser
) -> None:
    page = reverse("meetings:task", args=[task.pk])
    signed_in(cast.sec_a).post(page, {"act": "extend", "extended_to": "10/4/2026", "reason": "Chờ số liệu"})
    task.refresh_from_db()
    assert (task.state, task.deadline) == ("extension", DUE)

    signed_in(cast.off).post(page, {"act": "grant", "answer": "Đồng ý"})

    task.refresh_from_db()
    assert (task.state, task.deadline, task.given_deadline) == ("in_progress", LATER, DUE)
    assert told("extension_asked") == [{cast.off.full_name, cast.off2.full_name}]
    assert told("extension_decided") == [{cast.sec_a.full_name}]
    assert "Đã gia hạn; hạn khi giao là" in signed_in(cast.sec_a).get(page).content.decode()


def test_refusing_more_time_needs_a_reason_and_changes_no_deadline(cast: Cast, task: Task) -> None:
    asked = extensions.ask_extension(task, extended_to=LATER, reason="Chờ số liệu", by=cast.sec_a)
    with pytest.raises(ValidationError, match="ghi lý do"):
        extensions.refuse_extension(asked, answer=" ", by=cast.off)

    extensions.refuse_extension(asked, answer="Cần cho hội nghị tháng 3", by=cast.off)

    task.refresh_from_db()
    assert (task.state, task.deadline, task.first_deadline) == ("in_progress", DUE, None)


@pytest.mark.parametrize("until", [DUE, datetime.date(2026, 3, 1)])
def test_more_time_ends_after_the_deadline(cast: Cast, task: Task, until: datetime.date) -> None:
    with pytest.raises(ValidationError, match="Hạn mới phải"):
        extensions.ask_extension(task, extended_to=until, reason="Chờ", by=cast.sec_a)


def test_only_one_request_waits_and_finishing_settles_it(cast: Cast, task: Task) -> None:
    extensions.ask_extension(task, extended_to=LATER, reason="Chờ", by=cast.sec_a)
    with pytest.raises(ValidationError, match="Xin gia hạn"):
        extensions.ask_extension(task, extended_to=LATER, reason="Chờ nữa", by=cast.sec_a)

    tasks.report_on_task(task, text="Xong rồi", is_finished=True, by=cast.sec_a)

    task.refresh_from_db()
    assert (task.state, task.extensions.filter(is_granted=None).count()) == ("reported", 0)


def test_the_unit_grants_itself_nothing(cast: Cast, task: Task, signed_in: Browser) -> None:
    extensions.ask_extension(task, extended_to=LATER, reason="Chờ", by=cast.sec_a)

    answer = signed_in(cast.sec_a).post(reverse("meetings:task", args=[task.pk]), {"act": "grant"})

    task.refresh_from_db()
    assert (answer.status_code, task.deadline) == (403, DUE)


def test_evidence_goes_to_who_sees_the_task_alone(cast: Cast, task: Task, signed_in: Browser) -> None:
    file = SimpleUploadedFile("Kết quả.pdf", pdf())
    form = {"act": "report", "text": "Đã rà soát", "file": file, "no_state_secret_confirmed": "on"}
    signed_in(cast.sec_a).post(reverse("meetings:task", args=[task.pk]), form)

    address = reverse("meetings:task_evidence", args=[task.reports.get().pk])

    answers = [signed_in(user).get(address) for user in (cast.off, cast.sec_a, cast.sec_b)]
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert [b"".join(answer) == pdf() for answer in answers] == [True, True, False]


def test_evidence_without_the_confirmation_is_refused_and_the_words_stay(
    cast: Cast, task: Task, signed_in: Browser
) -> None:
    form = {"act": "report", "text": "Đã rà soát kỹ", "file": SimpleUploadedFile("a.pdf", pdf())}
    page = signed_in(cast.sec_a).post(reverse("meetings:task", args=[task.pk]), form).content.decode()

    assert "Cần xác nhận tệp không chứa bí mật nhà nước." in page
    assert "Đã rà soát kỹ" in page
    assert task.reports.count() == 0


def test_rungs_before_the_deadline_remind_once_each(
    cast: Cast, task: Task, held: Meeting, today: time_machine.Traveller
) -> None:
    for days in (7, 1):
        ReminderStep.objects.create(kind=held.kind, subject=ReminderSubject.TASK, days_before=days)

    for moment in (at(DUE - datetime.timedelta(8), 9), *[at(DUE - datetime.timedelta(6), 9)] * 2, at(DUE, 9)):
        today.move_to(moment)
        remind_due()

    assert told("task_reminder") == [{cast.sec_a.full_name}] * 2


def test_head_of_the_unit_hears_of_an_overdue_task_next_working_morning_and_a_week_later(
    cast: Cast, task: Task, today: time_machine.Traveller
) -> None:
    """Due on Friday: nobody is told on Saturday."""
    counts = []
    for days, hour in ((1, 9), (3, 7), (3, 8), (3, 12), (9, 9), (10, 9), (40, 9)):
        today.move_to(at(DUE + datetime.timedelta(days), hour))
        remind_due()
        counts.append(len(told("task_overdue")))

    assert counts == [0, 0, 1, 1, 1, 2, 2]
    assert told("task_overdue")[0] == {cast.sec_a.full_name}


def test_who_asked_for_more_time_is_not_told_that_it_is_late(
    cast: Cast, task: Task, today: time_machine.Traveller
) -> None:
    extensions.ask_extension(task, extended_to=LATER, reason="Chờ", by=cast.sec_a)

    today.move_to(at(DUE + datetime.timedelta(4), 9))

    assert remind_due() == 0


def next_meeting(cast: Cast, held: Meeting) -> Meeting:
    starts_at = timezone.now() + datetime.timedelta(days=30)
    ends_at = starts_at + datetime.timedelta(hours=3)
    return meetings.create_meeting(
        kind=held.kind, body=held.body, starts_at=starts_at, ends_at=ends_at, venue="Hội trường", by=cast.off
    )


def test_next_conference_of_the_body_looks_at_what_is_not_done(
    cast: Cast, held: Meeting, task: Task, signed_in: Browser
) -> None:
    following = next_meeting(cast, held)

    assert [item.kind for item in following.agenda.all()] == ["review"]
    page = signed_in(cast.off).get(reverse("meetings:review", args=[following.pk])).content.decode()
    assert "Rà soát đảng viên" in page
    assert "Đảng bộ Sở An" in page


def test_nothing_to_look_at_adds_no_item(cast: Cast, held: Meeting, task: Task) -> None:
    tasks.close_task(task, by=cast.off)

    assert not next_meeting(cast, held).agenda.exists()


def test_a_guest_looks_at_the_tasks_of_his_own_units(
    cast: Cast, held: Meeting, task: Task, signed_in: Browser
) -> None:
    following = next_meeting(cast, held)
    Meeting.objects.filter(pk=following.pk).update(
        state="convened", convened_at=timezone.now(), convened_by=cast.off
    )
    for guest in (cast.sec_a, cast.mem_b1):
        add_person(following, guest)

    pages = [
        signed_in(user).get(reverse("meetings:review", args=[following.pk])).content.decode()
        for user in (cast.sec_a, cast.mem_b1)
    ]

    assert ["Rà soát đảng viên" in page for page in pages] == [True, False]
