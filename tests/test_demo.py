"""The sample committee: of the real size where it counts, once, and never beside real data."""

import datetime

import pytest
from django.core.management import call_command
from sample import SIZE

from meetings.models import Meeting, MeetingState
from members.balance import CODES, Balance
from members.demo.committee import WHO
from members.models import OrgLevel, PartyMember, PartyOrganization, User
from members.report_figures import by_code, told_today
from members.roles import Role
from members.statistics import figures


@pytest.fixture
def house(sample) -> PartyOrganization:
    return PartyOrganization.objects.get(level=OrgLevel.SUPERIOR)


def test_sample_committee_is_whole(house):
    counted = {one.code: one.value for one in figures(house, datetime.date(2024, 9, 26))}
    levels = {level: PartyOrganization.objects.filter(level=level).count() for level in OrgLevel}
    conference = Meeting.objects.get(ordinal=20)
    article = conference.news_item.article

    assert counted == {
        "admissions": 116,
        "badges": 34,
        "awareness-courses": 2,
        "awareness-learners": 144,
        "new-member-courses": 1,
        "new-member-learners": 89,
        "inspected-organizations": 51,
        "inspected-members": 9,
    }
    assert levels == {
        OrgLevel.SUPERIOR: 1,
        OrgLevel.GRASSROOTS_COMMITTEE: 42,
        OrgLevel.GRASSROOTS_CELL: 20,
        OrgLevel.SECTION: 9,
        OrgLevel.CELL: 450,
        OrgLevel.GROUP: 0,
    }
    assert PartyMember.objects.count() == 800
    assert (conference.state, conference.participants.voting().count()) == (MeetingState.FINAL, 27)
    for number in ("116", "72,5%", "34", "2", "144", "1", "89", "51", "9"):
        assert f">{number}</a>" in article.body
    for place in PartyOrganization.objects.select_related("parent"):
        assert place.path == [*(place.parent.path if place.parent else []), place.pk]


def test_sample_supervises_answers_letters_and_finds_violations(house):
    codes = (
        "head-commission-supervised-orgs",
        "head-commission-supervised-members",
        "grassroots-committee-supervised-orgs",
        "petitions",
        "anonymous-petitions",
        "found-violation",
    )
    counted = [one.value for one in figures(house, datetime.date(2024, 9, 26), codes)]

    assert counted == [3, 3, 18, 7, 2, 5]


@pytest.mark.parametrize("until", [datetime.date(2024, 9, 26), datetime.date(2025, 12, 31)])
def test_members_of_the_sample_agree_with_who_came_and_went(house, until):
    told = told_today(house, until, CODES)

    assert Balance(told).difference == 0
    assert by_code(told)["members-at-start"].value > 500


def test_a_conference_is_being_held_with_both_desks_open(house, client):
    held = Meeting.objects.get(state=MeetingState.IN_SESSION)
    client.force_login(held.minute_taker)

    desk, roll = (client.get(f"{held.get_absolute_url()}{place}/") for place in ("bien-ban", "diem-danh"))

    assert (desk.status_code, roll.status_code) == (200, 200)
    assert "Văn phòng báo cáo" in desk.text
    assert held.participants.unmarked().count() == 2


def test_sample_accounts_hold_the_rights_they_are_printed_with(house):
    roles = {user.username: set(user.roles) for user in User.objects.filter(username__in=WHO)}

    assert roles == {
        "vanphong": {Role.OFFICE},
        "thuky": {Role.OFFICE},
        "chutri": {Role.SECRETARY},
        "bithu": {Role.SECRETARY},
        "canbo": set(),
        "bientap": {Role.EDITOR},
        "duyettin": {Role.EDITOR},
        "tochuc": {Role.SECRETARY},
        "kiemtra": {Role.INSPECTION},
        "quantri": {Role.ADMINISTRATOR},
    }


def test_second_time_writes_nothing(house):
    before = (PartyMember.objects.count(), Meeting.objects.count(), User.objects.count())

    call_command("demo", **SIZE)

    assert (PartyMember.objects.count(), Meeting.objects.count(), User.objects.count()) == before
