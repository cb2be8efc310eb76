"""What a participant finds of himself on the page of a conference: to present, said, to be done."""

import datetime
from datetime import UTC

import pytest
import time_machine
from cast import Cast
from django.utils import timezone
from meeting_factory import add_person, make_m1

from meetings.actions import conclusions, minutes, roll_call, tasks
from meetings.models import AgendaItem, ConclusionKind, Meeting, Minutes, Opinion, Task
from members.models import PartyOrganization

pytestmark = pytest.mark.django_db
SAID = "Đề nghị bổ sung giải pháp kết nạp đảng viên."


def first_item(meeting: Meeting) -> AgendaItem:
    return meeting.agenda.get(position=1)


@pytest.fixture
def written(cast: Cast) -> Minutes:
    """M1 over, its minutes begun: sec_a has spoken, and A has got a task."""
    meeting = make_m1(cast)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[])
    roll_call.open_meeting(meeting, by=cast.off)
    begun = minutes.start_minutes(meeting, by=cast.off)
    for item in meeting.agenda.all():
        minutes.save_block(begun, item, body=f"<p>Nghe {item}</p>", revision=0, by=cast.off)
    speaker = meeting.participants.get(member=cast.sec_a.member)
    minutes.record_opinion(begun, first_item(meeting), participant=speaker, text=SAID, by=cast.off)
    line = conclusions.add_conclusion(meeting, kind=ConclusionKind.TASK, text="Rà soát", by=cast.off)
    due = timezone.localdate() + datetime.timedelta(days=9)
    tasks.add_task(line, title="Rà soát chỉ tiêu", lead=cast.a, deadline=due, by=cast.off)
    roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau")
    return begun


def approve(written: Minutes, cast: Cast) -> None:
    minutes.sign_minutes(written, by=cast.off)
    minutes.approve_minutes(written, by=cast.chair_r)


def test_who_presents_finds_his_item_and_hour(cast, signed_in):
    meeting = make_m1(cast)
    meeting.agenda.filter(position=2).update(presenter=cast.sec_a.member)

    pages = [signed_in(user).get(meeting.get_absolute_url()).text for user in (cast.sec_a, cast.mem_b1)]

    own = pages[0].partition('id="cua-toi"')[2].partition("</section>")[0]
    assert "<b>14\xa0giờ\xa020</b> Đề cương Báo cáo chính trị" in own
    assert 'id="cua-toi"' not in pages[1]


def test_own_speech_shows_with_the_approved_minutes_alone(cast, written, signed_in):
    address = written.meeting.get_absolute_url()
    before = signed_in(cast.sec_a).get(address).text

    approve(written, cast)

    assert SAID not in before
    assert SAID in signed_in(cast.sec_a).get(address).text
    assert SAID not in signed_in(cast.mem_b1).get(address).text


def test_own_task_shows_once_issued(cast, written, signed_in):
    address = written.meeting.get_absolute_url()
    before = signed_in(cast.sec_a).get(address).text
    conclusions.issue_conclusions(written.meeting, by=cast.off)

    after = [signed_in(user).get(address).text for user in (cast.sec_a, cast.mem_b1)]

    assert ["Rà soát chỉ tiêu" in page for page in (before, *after)] == [False, True, False]


def rename_task(cast: Cast, meeting: Meeting) -> None:
    Task.objects.update(title="Chữ mới")


def rename_organization(cast: Cast, meeting: Meeting) -> None:
    PartyOrganization.objects.filter(pk=cast.a.pk).update(name="Chữ mới")


def give_in_support(cast: Cast, meeting: Meeting) -> None:
    Task.objects.update(title="Chữ mới", lead_organization=cast.b)
    Task.objects.get().supporting_organizations.add(cast.a)


@pytest.mark.parametrize("change", [rename_task, rename_organization, give_in_support])
def test_change_of_any_row_behind_the_own_part_shows_at_once(cast, written, signed_in, change):
    meeting = written.meeting
    conclusions.issue_conclusions(meeting, by=cast.off)
    approve(written, cast)
    reader = signed_in(cast.sec_a)
    assert SAID in reader.get(meeting.get_absolute_url()).text

    change(cast, meeting)

    assert "Chữ mới" in reader.get(meeting.get_absolute_url()).text


def test_speech_written_anew_shows_at_once_to_who_reads_along(cast, written, signed_in):
    chair = written.meeting.participants.get(member=cast.chair_r.member)
    Opinion.objects.update(participant=chair)
    reader = signed_in(cast.chair_r)
    assert SAID in reader.get(written.meeting.get_absolute_url()).text

    Opinion.objects.update(text="Chữ mới")

    assert "Chữ mới" in reader.get(written.meeting.get_absolute_url()).text


def test_task_is_overdue_from_one_day_to_the_next(cast, written, signed_in):
    conclusions.issue_conclusions(written.meeting, by=cast.off)
    last_day = Task.objects.get().deadline
    pages = []

    for day in (last_day, last_day + datetime.timedelta(days=1)):
        with time_machine.travel(datetime.datetime.combine(day, datetime.time(9), tzinfo=UTC)):
            pages.append(signed_in(cast.sec_a).get(written.meeting.get_absolute_url()).text)

    assert ["Quá hạn" in page.partition('id="cua-toi"')[2] for page in pages] == [False, True]


def test_when_where_answer_papers_and_own_part_come_in_this_order(cast, signed_in):
    """On a telephone the page is one column in the order of its source."""
    meeting = make_m1(
        cast,
        starts_at=timezone.now() + datetime.timedelta(days=9),
        ends_at=timezone.now() + datetime.timedelta(days=9, hours=3),
    )
    meeting.agenda.filter(position=1).update(presenter=cast.sec_a.member)

    page = signed_in(cast.sec_a).get(meeting.get_absolute_url()).text

    parts = ("<dt>Thời gian</dt>", "<dt>Địa điểm</dt>", 'id="tra-loi"', 'id="ct"', 'id="cua-toi"', 'id="ds"')
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)


def test_a_page_with_all_of_it_asks_at_most_eight_questions(
    cast, written, signed_in, django_assert_max_num_queries
):
    conclusions.issue_conclusions(written.meeting, by=cast.off)
    approve(written, cast)
    add_person(written.meeting, cast.edi)
    reader = signed_in(cast.sec_a)
    reader.get(written.meeting.get_absolute_url())

    with django_assert_max_num_queries(8):
        page = reader.get(written.meeting.get_absolute_url()).text

    assert SAID in page
    assert "Rà soát chỉ tiêu" in page
