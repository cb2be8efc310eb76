"""One's own fees: what is due, paid and owed by month, read by the person alone."""

import datetime

import pytest
from django.urls import reverse

from members.models import FeeGroup, FeePayment, FeeStanding
from members.own_fees import own_year

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 5, 10)


@pytest.fixture
def payer(cast):
    """Paid in February, half in March, nothing in April; January has no rate, May is not written yet."""
    member = cast.mem_a1.member
    FeeStanding.objects.create(
        member=member, group=FeeGroup.INSURED, income=8_424_000, valid_from=datetime.date(2026, 2, 1)
    )
    for month, paid in ((2, 84_240), (3, 42_120), (4, 0)):
        FeePayment.objects.create(
            member=member,
            organization=cast.a1,
            month=datetime.date(2026, month, 1),
            due=84_240,
            paid=paid,
            paid_on=datetime.date(2026, month, 20) if paid else None,
        )
    return member


def test_each_month_says_how_it_stands(payer):
    year = own_year(payer, 2026, TODAY)

    assert [(one.month.month, one.due, one.paid, one.arrears, one.told) for one in year.months] == [
        (1, None, 0, 0, "chưa ghi sổ"),
        (2, 84_240, 84_240, 0, "đã nộp đủ"),
        (3, 84_240, 42_120, 42_120, "nộp thiếu"),
        (4, 84_240, 0, 84_240, "chưa nộp"),
        (5, 84_240, 0, 0, "chưa ghi sổ"),
    ]
    assert (year.due, year.paid, year.arrears, year.unpaid) == (252_720, 126_360, 126_360, 1)


def test_month_that_runs_is_no_debt_yet(payer):
    assert own_year(payer, 2026, datetime.date(2026, 4, 30)).arrears == 42_120


def test_months_outside_the_house_are_left_out(payer):
    payer.memberships.update(valid_from=datetime.date(2026, 3, 15))
    FeePayment.objects.all().delete()

    assert [one.month.month for one in own_year(payer, 2026, TODAY).months] == [3, 4, 5]
    payer.exit_reason, payer.exited_on = "deceased", datetime.date(2026, 4, 10)
    payer.save()
    assert [one.month.month for one in own_year(payer, 2026, TODAY).months] == [3]


def test_page_is_for_the_person_alone(cast, payer, signed_in):
    page = reverse("members:member", args=[payer.pk])
    asked = {"phan": "dang-phi", "nam": "2026"}

    own = signed_in(cast.mem_a1).get(page, asked).content.decode()

    assert "1% của 8.424.000" in own
    assert "còn nợ 42.120" in own
    assert signed_in(cast.sec_a).get(page, asked).status_code == 404
    assert (
        "Đảng phí</a>"
        not in signed_in(cast.sec_a).get(page).content.decode().split("tabs")[1].split("</nav>")[0]
    )


@pytest.mark.parametrize("year", ["1999", "2999", "x"])
def test_year_without_fees_is_not_there(cast, payer, signed_in, year):
    page = reverse("members:member", args=[payer.pk])

    answer = signed_in(cast.mem_a1).get(page, {"phan": "dang-phi", "nam": year})

    assert answer.status_code == (200 if year == "x" else 404)


def test_account_leads_to_the_own_record_and_its_fees(cast, signed_in):
    page = signed_in(cast.mem_a1).get(reverse("account:home")).content.decode()

    record = reverse("members:member", args=[cast.mem_a1.member_id])
    assert f'href="{record}"' in page
    assert f'href="{record}?phan=dang-phi"' in page
