"""How forms of the portal look and speak."""

import datetime

import pytest
from django import forms
from django.utils import timezone

from portal.forms import DateField, DateTimeField, TimeField


class Convening(forms.Form):
    title = forms.CharField(label="Tên hội nghị", help_text="Như trên giấy mời")
    starts_at = DateTimeField(label="Giờ bắt đầu")
    answer_until = DateField(label="Trả lời trước ngày", required=False)


class Arrival(forms.Form):
    at = TimeField(label="Đến lúc")


def convening(**data: str) -> Convening:
    return Convening({"title": "Hội nghị", "starts_at_0": "26/9/2024", "starts_at_1": "14:00", **data})


@pytest.mark.parametrize("written", ["26/9/2024", "26/09/2024", "26-9-2024", "26.9.2024", " 26/9/24 "])
def test_day_is_read_day_first(written: str) -> None:
    form = convening(answer_until=written)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["answer_until"] == datetime.date(2024, 9, 26)


@pytest.mark.parametrize("written", ["14:05", "14 giờ 05", "14h05", "14 GIỜ 05", "14\xa0giờ\xa005", "14.05"])
def test_hour_is_read_as_people_write_it(written: str) -> None:
    form = Arrival({"at": written})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == datetime.time(14, 5)


def test_moment_is_aware_and_local() -> None:
    form = convening()

    assert form.is_valid(), form.errors
    assert timezone.localtime(form.cleaned_data["starts_at"]).isoformat() == "2024-09-26T14:00:00+07:00"


def test_moment_is_shown_as_it_is_typed() -> None:
    at = datetime.datetime(2024, 9, 3, 7, 0, tzinfo=datetime.UTC)

    html = str(Convening(initial={"starts_at": at})["starts_at"])

    assert 'value="03/09/2024"' in html
    assert 'value="14:00"' in html


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("starts_at_0", "31/2/2024", "Chưa hiểu ngày này. Ghi ngày, tháng, năm, ví dụ 26/9/2024."),
        ("starts_at_1", "25:00", "Chưa hiểu giờ này. Ghi giờ và phút, ví dụ 14:00."),
        ("answer_until", "hôm sau", "Chưa hiểu ngày này. Ghi ngày, tháng, năm, ví dụ 26/9/2024."),
    ],
)
def test_wrong_entry_is_answered_in_words(field: str, wrong: str, sentence: str) -> None:
    form = convening(**{field: wrong})

    assert form.errors[field[:-2] if field.startswith("starts") else field] == [sentence]


def test_summary_on_top_leads_to_the_field_and_its_sentence() -> None:
    html = convening(title="").render()

    assert "Còn 1 chỗ cần sửa." in html
    assert '<a href="#id_title">Tên hội nghị</a>' in html
    assert 'id="id_title_error"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert html.index('id="id_title_error"') < html.index('name="title"')


def test_summary_leads_to_both_inputs_of_a_moment() -> None:
    html = convening(starts_at_1="").render()

    assert '<a href="#id_starts_at">' in html
    assert 'id="id_starts_at"' in html
    assert 'aria-label="Ngày"' in html
    assert 'aria-label="Giờ"' in html


def test_required_is_said_in_words() -> None:
    html = Convening().render()

    assert html.count("bắt buộc") == 2
    assert "*" not in html
