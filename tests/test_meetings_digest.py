"""New papers and a new order of the agenda are told in one letter, once the office has come to rest."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from cast import Cast
from conferences import item
from django.core.files.base import ContentFile
from django.utils import timezone
from hostile.files import pdf

from meetings.actions import agenda, meetings, papers
from meetings.models import AgendaItem, Meeting, Paper
from meetings.tasks import tell_news
from members.models import User
from portal import outbox
from portal.models import Notice


@pytest.fixture
def clock(convened: Meeting) -> Iterator[time_machine.Traveller]:
    """An hour after the summons went out."""
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1), tick=False) as traveller:
        yield traveller


def put(under: AgendaItem, title: str, cast: Cast) -> Paper:
    file = ContentFile(pdf(), "tep.pdf")
    return papers.add_paper(under, title=title, file=file, no_state_secret_confirmed=True, by=cast.off)


def told(meeting: Meeting) -> list[Notice]:
    return list(Notice.objects.about(meeting).filter(kind="meetings.news").order_by("pk"))


def letter_to(user: User, notice: Notice) -> str:
    person = notice.about.participants.get(member=user.member)
    row = notice.deliveries.get(recipient_key=f"participant:{person.pk}")
    return outbox.kind_of(notice.kind).compose(row).text


def test_an_afternoon_of_uploads_is_one_letter(
    convened: Meeting, cast: Cast, clock: time_machine.Traveller
) -> None:
    for number in range(3):
        put(item(convened, 2), f"Báo cáo {number}", cast)
        clock.shift(datetime.timedelta(minutes=20))
        assert tell_news() == 0
    clock.shift(datetime.timedelta(minutes=11))

    assert [tell_news(), tell_news()] == [1, 0]

    (notice,) = told(convened)
    assert [f"Báo cáo {number}" in letter_to(cast.sec_a, notice) for number in range(3)] == [True] * 3
    assert outbox.kind_of(notice.kind).compose(notice.deliveries.all()[0]).attachments == ()


def test_paper_of_a_committee_item_is_told_to_official_delegates_alone(
    convened: Meeting, cast: Cast, clock: time_machine.Traveller
) -> None:
    put(item(convened, 3), "Tờ trình nhân sự", cast)
    clock.shift(datetime.timedelta(minutes=31))
    tell_news()
    put(item(convened, 2), "Báo cáo", cast)
    put(item(convened, 3), "Danh sách nhân sự", cast)
    clock.shift(datetime.timedelta(minutes=31))
    tell_news()

    apart, mixed = told(convened)

    assert {row.name for row in apart.deliveries.all()} == {cast.chair_r.full_name}
    assert "Danh sách nhân sự" in letter_to(cast.chair_r, mixed)
    assert "nhân sự" not in letter_to(cast.sec_a, mixed)


def test_corrected_words_are_no_news_and_another_order_is(
    convened: Meeting, cast: Cast, clock: time_machine.Traveller
) -> None:
    agenda.edit_item(item(convened, 2), title="Báo cáo 9 tháng", by=cast.off)
    clock.shift(datetime.timedelta(minutes=31))
    assert tell_news() == 0

    agenda.move_item(item(convened, 2), to=1, by=cast.off)
    clock.shift(datetime.timedelta(minutes=31))

    assert tell_news() == 1
    assert "Chương trình đã thay đổi" in letter_to(cast.sec_a, told(convened)[0])


def test_nothing_is_told_of_a_conference_called_off(
    convened: Meeting, cast: Cast, clock: time_machine.Traveller
) -> None:
    put(item(convened, 2), "Báo cáo", cast)
    meetings.cancel_meeting(convened, reason="Bão", by=cast.off)
    clock.shift(datetime.timedelta(minutes=31))

    assert tell_news() == 0


def test_what_was_there_at_the_summons_is_no_news(convened: Meeting, clock: time_machine.Traveller) -> None:
    clock.shift(datetime.timedelta(days=1))

    assert tell_news() == 0
