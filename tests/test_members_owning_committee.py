"""Whose portal this is: data, cached, and new the moment it is saved."""

import datetime

import pytest
from django.core.cache import cache
from django.template import Context, Template

from members.models import OwningCommittee

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_cached():
    cache.clear()
    yield
    cache.clear()


def shown() -> str:
    template = Template("{% load members %}{% committee as committee %}{{ committee.name }}")
    return template.render(Context())


def enter(organization, name: str, effective_from: datetime.date) -> OwningCommittee:
    return OwningCommittee.objects.create(
        organization=organization,
        name=name,
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ thành phố",
        letters="ĐUK",
        place="Hải Phòng",
        effective_from=effective_from,
    )


def test_neutral_words_while_none_is_entered():
    assert shown() == "Đảng ủy"


def test_new_name_shows_at_once(cast):
    shown()
    enter(cast.r, "Đảng ủy Khối", datetime.date(2020, 1, 1))

    assert shown() == "Đảng ủy Khối"


def test_form_of_tomorrow_waits(cast):
    enter(cast.r, "Đảng ủy Khối", datetime.date(2020, 1, 1))
    enter(cast.r, "Đảng ủy mới", datetime.date.today() + datetime.timedelta(days=1))

    assert shown() == "Đảng ủy Khối"


def test_second_look_asks_no_database(cast, django_assert_num_queries):
    shown()

    with django_assert_num_queries(0):
        shown()
