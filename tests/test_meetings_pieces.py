"""Agenda and list of people are kept rendered, and never older than the rows they were made from."""

import datetime

import pytest
import time_machine
from cast import Cast
from django.core.files.base import ContentFile
from django.utils import timezone
from meeting_factory import STARTS_AT, add_delegates, make_m1

from meetings.models import (
    AgendaItem,
    Answer,
    AnswerChannel,
    Attendance,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    Paper,
)
from meetings.permissions import agenda_audience, reads_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_days_before():
    with time_machine.travel(STARTS_AT - datetime.timedelta(days=2), tick=False):
        yield


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    return make_m1(cast)


@pytest.fixture
def read(m1, signed_in):
    """`read(user)`: the page as it stands, the pieces kept from a first look."""

    def page(user):
        return signed_in(user).get(m1.get_absolute_url()).text

    return page


def rename_item(m1, cast):
    m1.agenda.filter(position=1).update(title="Tên đã sửa")


def rename_person(m1, cast):
    m1.participants.filter(member=cast.sec_a.member).update(position_text="Tên đã sửa")


def rename_class(m1, cast):
    m1.classes.update(label="Tên đã sửa")


def rename_presenter(m1, cast):
    m1.agenda.filter(position=1).update(presenter=cast.mem_a1.member)
    type(cast.mem_a1.member).objects.filter(pk=cast.mem_a1.member_id).update(full_name="Tên đã sửa")


def add_paper(m1, cast):
    item = m1.agenda.get(position=1)
    Paper.objects.create(
        agenda_item=item,
        title="Tên đã sửa",
        file=ContentFile(b"%PDF-1.7", name="a.pdf"),
        name="a.pdf",
        size=8,
        no_state_secret_confirmed=True,
        uploaded_by=cast.off,
    )


def invite_more(m1, cast):
    add_delegates(m1, 1, name="Tên đã sửa")


@pytest.mark.parametrize(
    "change", [rename_item, rename_person, rename_class, rename_presenter, add_paper, invite_more]
)
def test_change_of_any_row_shows_at_once(cast, m1, read, change):
    assert "Tên đã sửa" not in read(cast.mem_b1)

    change(m1, cast)

    assert "Tên đã sửa" in read(cast.mem_b1)


def test_answer_and_mark_show_at_once_to_who_may_see_them(cast, m1, read):
    person = m1.participants.get(member=cast.mem_b1.member)
    read(cast.off)

    Answer.objects.create(
        participant=person, meeting_version=1, choice="absent", reason="Ốm", channel=AnswerChannel.PORTAL
    )
    answered = read(cast.off)
    Meeting.objects.update(state=MeetingState.IN_SESSION)
    Attendance.objects.create(participant=person, status="excused", reason="Đi viện", recorded_by=cast.off)

    assert "Ốm" in answered
    assert "Đi viện" in read(cast.off)
    assert "Đi viện" not in read(cast.sec_a)


def test_moved_conference_shows_the_new_hours(cast, m1, read):
    read(cast.mem_b1)

    Meeting.objects.update(starts_at=STARTS_AT + datetime.timedelta(minutes=7))

    assert "14\N{NO-BREAK SPACE}giờ\N{NO-BREAK SPACE}27" in read(cast.mem_b1)


def test_guest_is_never_shown_what_was_kept_for_a_delegate(cast, m1, read):
    assert "Công tác cán bộ" in read(cast.chair_r)
    assert "Công tác cán bộ" not in read(cast.mem_b1)


@pytest.mark.parametrize("who", ["off", "chair_r", "sec_a", "mem_b1"])
def test_audience_reads_what_the_door_of_the_agenda_opens(cast, m1, who):
    user = getattr(cast, who)
    m1.agenda.filter(position=2).update(is_internal=True)
    own = m1.participants.taking_part().of(user).first() if user.member_id else None

    by_audience = AgendaItem.objects.filter(meeting=m1).read_by(agenda_audience(user, m1, own))

    assert set(by_audience) == set(AgendaItem.objects.visible_to(user).filter(meeting=m1))


@pytest.mark.parametrize("who", ["off", "chair_r", "sec_a", "mem_b1"])
@pytest.mark.parametrize("state", MinutesState)
def test_page_offers_the_minutes_their_door_opens(cast, m1, who, state):
    user = getattr(cast, who)
    m1.minute_helpers.add(cast.mem_b1)
    signed = {"signed_by": cast.off, "signed_at": STARTS_AT, "approved_by": cast.off, "number": 1}
    minutes = Minutes.objects.create(
        meeting=m1, state=state, approved_at=STARTS_AT, content_hash="a", **signed
    )
    own = m1.participants.taking_part().of(user).first() if user.member_id else None

    offered = reads_minutes(user, m1, own, state=minutes.state, version=minutes.version)

    assert offered == Minutes.objects.visible_to(user).filter(meeting=m1).exists()


def test_delegate_taken_off_reads_as_nobody(cast, m1):
    m1.participants.update(removed_at=timezone.now(), removal_reason="Thôi")
    own = m1.participants.of(cast.mem_b1).first()

    assert agenda_audience(cast.mem_b1, m1, own) == "invited"


def test_second_look_asks_for_none_of_the_rows(cast, m1, signed_in, django_assert_max_num_queries):
    reader = signed_in(cast.mem_b1)
    reader.get(m1.get_absolute_url())

    with django_assert_max_num_queries(4) as asked:
        reader.get(m1.get_absolute_url())

    assert not any('FROM "meetings_paper"' in query["sql"] for query in asked)
