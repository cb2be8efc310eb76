"""The news item says what the records say, links its numbers, and never overwrites a person."""

import datetime
import re

import pytest
from cast import Cast, make_member
from django.core.exceptions import ValidationError
from meeting_factory import make_m1

from meetings.actions import conclusions, news_items, roll_call, tasks
from meetings.documents.news_item import compose, half_day
from meetings.models import ConclusionKind, Meeting
from members import statistics
from members.models import Admission, Indicator, Target
from portal.models import Notice


@pytest.fixture
def closed(cast: Cast) -> Meeting:
    meeting = make_m1(cast)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[])
    roll_call.open_meeting(meeting, by=cast.off)
    return roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau")


def admit(cast: Cast, number: int) -> None:
    for place in range(number):
        Admission.objects.create(
            member=make_member(f"Đảng viên {place}", cast.a1),
            organization=cast.a1,
            decision_number=f"{place}-QĐ/ĐUK",
            decision_on=datetime.date(2024, 3, 1),
            admitted_on=datetime.date(2024, 3, 19),
        )


def test_numbers_equal_the_rows_behind_their_links(cast: Cast, closed: Meeting) -> None:
    admit(cast, 3)
    Target.objects.create(organization=cast.r, indicator=Indicator.ADMISSIONS, year=2024, value=4)

    body = compose(closed).body

    figure = statistics.figure("admissions", cast.r, closed.held_on)
    assert re.findall(r"<a [^>]*>([\d,.]+%?)</a>", body) == [str(figure.rows().count()), "75%"]


def test_tells_chair_classes_and_public_items_only(cast: Cast, closed: Meeting) -> None:
    composed = compose(closed)

    assert "Đồng chí Hoàng Văn Chủ, Phó Bí thư Thường trực Đảng ủy Khối chủ trì Hội nghị." in composed.lead
    assert "Cùng dự có các đồng chí: Ủy viên Ban Chấp hành; Khách mời." in composed.body
    assert "Báo cáo kết quả 9 tháng" in composed.body
    assert "Công tác cán bộ" not in composed.body
    assert composed.body.endswith("./.</p>")


def test_is_composed_again_until_a_person_touches_it(cast: Cast, closed: Meeting) -> None:
    first = news_items.write_news_item(closed, compose(closed), by=cast.off)
    again = news_items.write_news_item(closed, compose(closed), by=cast.off)
    assert again.article_id == first.article_id

    article = again.article
    article.body = "<p>Chữ của biên tập viên.</p>"
    article.save(update_fields=["body"])

    with pytest.raises(ValidationError, match="đã có người sửa"):
        news_items.write_news_item(closed, compose(closed), by=cast.off)
    article.refresh_from_db()
    assert article.body == "<p>Chữ của biên tập viên.</p>"


def test_a_task_reaches_its_secretary_once_issued(cast: Cast, closed: Meeting) -> None:
    conclusion = conclusions.add_conclusion(
        closed, kind=ConclusionKind.TASK, text="Rà soát chỉ tiêu", by=cast.off
    )
    task = tasks.add_task(
        conclusion, title="Rà soát chỉ tiêu", lead=cast.a, deadline=datetime.date(2024, 12, 31), by=cast.off
    )
    assert not Notice.objects.about(task).exists()

    conclusions.issue_conclusions(closed, by=cast.off)

    notice = Notice.objects.about(task).get()
    assert [one.user_id for one in notice.deliveries.all()] == [cast.sec_a.pk]
    assert "hạn 31/12/2024" in compose(closed).body


@pytest.mark.parametrize(("hour", "words"), [(8, "sáng 26-9"), (14, "chiều 26-9"), (19, "tối 26-9")])
def test_half_day(hour: int, words: str) -> None:
    moment = datetime.datetime(2024, 9, 26, hour - 7, tzinfo=datetime.UTC)

    assert half_day(moment) == words
