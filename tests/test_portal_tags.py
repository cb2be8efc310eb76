"""Tags and filters that every template has."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template import engines
from django.test import RequestFactory

from meetings.models import (
    Answer,
    AnswerChoice,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    MinutesState,
    Task,
    TaskStatus,
)
from news.models import ArticleState
from portal.states import SHAPES, shape_of

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def rendered(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/hop/3/"))


@pytest.mark.parametrize(
    ("value", "said"),
    [(4312, "4.312"), (160, "160"), (Decimal("72.5"), "72,5"), (0, "0"), (1234567, "1.234.567"), (None, "–")],
)
def test_number_is_grouped_the_vietnamese_way(value: object, said: str) -> None:
    assert rendered("{{ value|number }}", value=value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(72.5, "72,5%"), (100, "100%"), (85.0, "85%"), (33.349, "33,3%"), (None, "–")]
)
def test_percent_has_one_decimal_and_no_zero_for_unknown(value: object, said: str) -> None:
    assert rendered("{{ value|percent }}", value=value) == said


def test_moment_never_breaks_inside_hour_or_weekday() -> None:
    moment = datetime.datetime(2024, 9, 26, 7, 0, tzinfo=datetime.UTC)

    assert rendered("{{ moment|moment }}", moment=moment) == "14\xa0giờ\xa000, thứ\xa0Năm 26/9/2024"


def test_midnight_is_an_hour() -> None:
    assert rendered("{{ hour|hour }}", hour=datetime.time()) == "0\xa0giờ\xa000"


def test_nothing_is_said_of_nothing() -> None:
    source = "{{ n|day }}{{ n|day_short }}{{ n|day_long }}{{ n|day_official }}{{ n|hour }}{{ n|moment }}"

    assert rendered(source, n=None) == ""


def test_icon_is_a_symbol_and_hidden_from_those_who_listen() -> None:
    svg = rendered('{% icon "check" %}')

    assert 'href="#i-check"' in svg
    assert 'aria-hidden="true"' in svg


def test_every_icon_named_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'symbol id="i-(\w+)"', (TEMPLATES / "parts/icons.svg").read_text("utf-8")))
    sources = [path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")]
    named = {name for source in sources for name in re.findall(r'(?:icon|symbol=) ?"(\w+)"', source)}

    assert named <= drawn
    assert {shape for shape, _ in SHAPES.values()} <= drawn


@pytest.mark.parametrize(
    ("choice", "shape", "tone"),
    [
        (AnswerChoice.ABSENT, "half", "wait"),
        (AttendanceStatus.ABSENT, "cross", "bad"),
        (MeetingState.CANCELLED, "cross", "bad"),
        (MinutesState.FOR_APPROVAL, "half", "wait"),
        (TaskStatus.OVERDUE, "warn", "bad"),
        (ArticleState.DRAFT, "ring", ""),
    ],
)
def test_state_tells_two_meanings_of_one_code_apart(choice: models.Choices, shape: str, tone: str) -> None:
    assert shape_of(choice) == (shape, tone, choice.label)


@pytest.mark.parametrize(
    ("record", "word"),
    [
        (Meeting(state="convened"), "Đã triệu tập"),
        (Attendance(status="absent"), "Vắng không lý do"),
        (Task(state="in_progress", deadline=datetime.date(2024, 9, 20)), "Quá hạn chưa hoàn thành"),
    ],
)
def test_state_of_a_record_says_the_word_of_its_choice(record: models.Model, word: str) -> None:
    assert word in rendered("{% state record %}", record=record)


def test_state_can_say_more_in_the_same_shape() -> None:
    html = rendered('{% state state word="Hẹn đăng 8 giờ 00" line=True %}', state=ArticleState.FOR_APPROVAL)

    assert html.startswith('<span class="state is-wait"><svg')
    assert html.endswith("Hẹn đăng 8 giờ 00</span>")


def test_every_state_of_every_model_has_a_shape() -> None:
    told = [
        (model, field)
        for label in ("portal", "members", "news", "meetings")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        if field.name == "state" or (model, field.name) in {(Answer, "choice"), (Attendance, "status")}
    ]

    shapeless = [
        f"{model._meta.model_name}.{code}"
        for model, field in told
        for code, _ in field.flatchoices
        if f"{model._meta.model_name}.{code}" not in SHAPES and code not in SHAPES
    ]

    assert told
    assert shapeless == []
