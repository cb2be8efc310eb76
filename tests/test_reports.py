"""A report stays as it was sent; what is entered later shows as a difference beside it."""

import datetime

import pytest
from cast import make_member, make_organization, reorganize
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.urls import reverse

from members.actions.reports import send_report
from members.models import (
    Admission,
    OrgLevel,
    OwningCommittee,
    PeriodicReport,
    ReorgKind,
    ReportedFigure,
    ReportPeriod,
    Target,
)
from members.reported import compare
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

UNTIL = datetime.date(2024, 9, 30)
DAY = datetime.date(2024, 5, 19)


@pytest.fixture
def house(cast):
    """In A: three admissions in A1, one in A2; its target is eight."""
    OwningCommittee.objects.create(
        organization=cast.r,
        name="Đảng ủy Khối",
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ thành phố",
        letters="ĐUK",
        place="Hải Phòng",
        effective_from=datetime.date(2020, 1, 1),
    )
    for number, cell in enumerate([cast.a1, cast.a1, cast.a1, cast.a2]):
        admit(f"Trần Văn Mới {number}", cell)
    Target.objects.create(organization=cast.a, indicator="admissions", year=2024, value=8)
    return cast


def admit(name, cell, day=DAY):
    member = make_member(name, cell)
    return Admission.objects.create(
        member=member, organization=cell, decision_number="12-QĐ", decision_on=day, admitted_on=day
    )


def send(house, **fields):
    asked = {"period": ReportPeriod.NINE_MONTHS, "year": 2024, "until": UNTIL, "recipient": "Đảng ủy Khối"}
    return send_report(house.a, by=house.sec_a, **asked | fields)


def test_report_keeps_the_whole_its_parts_and_the_target(house):
    report = send(house)

    lines = report.figures.filter(indicator="admissions").values_list("part__code", "part_name", "value")
    assert list(lines) == [
        (None, "", 4),
        ("A1", "Chi bộ Phòng An Một", 3),
        ("A2", "Chi bộ Phòng An Hai", 1),
    ]
    assert report.figures.get(indicator="admissions", part=None).target == 8
    assert (report.sent_by, report.version) == (house.sec_a, 1)
    assert AuditEntry.objects.get(action="members.send_report").actor == house.sec_a


def test_later_entry_is_told_line_by_line_with_the_way_to_its_rows(house, signed_in):
    report = send(house)
    admit("Trần Văn Ghi Muộn", house.a2)

    one = compare(report)[0]

    assert (one.whole.reported, one.whole.today, one.whole.signed) == (4, 5, "+1")
    assert [(part.name, part.reported, part.today) for part in one.changed_parts] == [
        ("Chi bộ Phòng An Hai", 1, 2)
    ]
    for line in (one.whole, *one.changed_parts):
        assert len(signed_in(house.sec_a).get(line.url).context["page"].rows) == line.today


def test_row_entered_for_the_wrong_cell_differs_in_both_and_not_in_the_whole(house):
    report = send(house)
    Admission.objects.filter(organization=house.a2).update(organization=house.a1)

    one = compare(report)[0]

    assert one.whole.difference == 0
    assert [(part.name, part.signed) for part in one.changed_parts] == [
        ("Chi bộ Phòng An Một", "+1"),
        ("Chi bộ Phòng An Hai", "−1"),
    ]


def test_reorganisation_makes_no_difference(house):
    report = send(house)

    reorganize(house, ReorgKind.HAND_OVER, house.a1, on=datetime.date(2024, 11, 1), target=house.b)

    assert not any(one.whole.difference or one.changed_parts for one in compare(report))


@pytest.mark.parametrize(
    ("model", "values"), [(PeriodicReport, {"recipient": "Nơi khác"}), (ReportedFigure, {"value": 1})]
)
def test_database_refuses_to_change_what_was_sent(house, model, values):
    send(house)
    rows = model.objects.all()

    for change in (lambda: rows.update(**values), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_second_report_of_a_period_needs_a_reason_and_leaves_the_first(house):
    first = send(house)
    with pytest.raises(ValidationError, match="ghi lý do gửi lại"):
        send(house)
    admit("Trần Văn Ghi Muộn", house.a2)

    second = send(house, reason="Bổ sung chi bộ báo cáo muộn")

    assert (second.version, str(second)) == (2, "Báo cáo 9 tháng năm 2024, gửi lần 2")
    assert [one.figures.get(indicator="admissions", part=None).value for one in (first, second)] == [4, 5]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"until": datetime.date(2024, 10, 1)}, "phải nằm trong kỳ 9 tháng năm 2024"),
        ({"until": datetime.date(2023, 9, 30)}, "phải nằm trong kỳ"),
        ({"year": 2999, "until": datetime.date(2999, 9, 30)}, "Chưa đến ngày chốt"),
    ],
)
def test_figures_of_another_time_are_not_sent(house, fields, words):
    with pytest.raises(ValidationError, match=words):
        send(house, **fields)


def test_nobody_reports_for_others(house):
    with pytest.raises(PermissionDenied):
        send_report(
            house.a,
            by=house.sec_b,
            period=ReportPeriod.YEAR,
            year=2024,
            until=UNTIL,
            recipient="Đảng ủy Khối",
        )


def test_report_is_sent_from_its_page_with_estimates(house, signed_in):
    client = signed_in(house.sec_a)
    address = (
        reverse("members:report_send") + f"?organization={house.a.pk}&months=9&year=2024&until=15/9/2024"
    )
    assert "Ước đến hết 30/9/2024" in client.get(address).content.decode()

    answer = client.post(address, {"recipient": "Đảng ủy Khối", "version": "1", "estimate-admissions": "6"})

    report = PeriodicReport.objects.get()
    assert answer.url == report.get_absolute_url()
    assert (report.until, compare(report)[0].estimate) == (datetime.date(2024, 9, 15), 6)
    page = client.get(answer.url).content.decode()
    assert "Số liệu hôm nay giống hệt số đã gửi." in page


def test_button_pressed_twice_sends_one_report(house):
    send(house, version=1)

    with pytest.raises(ValidationError, match="vừa được gửi"):
        send(house, version=1, reason="Bấm lần nữa")

    assert PeriodicReport.objects.count() == 1


def test_page_says_how_many_figures_differ(house, signed_in):
    report = send(house)
    Admission.objects.create(
        member=house.p_a2, organization=house.a2, decision_number="12-QĐ", decision_on=DAY, admitted_on=DAY
    )

    page = signed_in(house.sec_a).get(report.get_absolute_url()).content.decode()

    assert "1 chỉ tiêu đã có số khác" in page
    assert "Đảng viên mới kết nạp: khác ở đâu" in page


def test_list_shows_the_reports_of_ones_own_part_only(house, signed_in):
    report = send(house)

    seen = {
        who: [
            one.pk
            for one in signed_in(getattr(house, who)).get(reverse("members:reports")).context["reports"]
        ]
        for who in ("sec_a", "sec_b")
    }

    assert seen == {"sec_a": [report.pk], "sec_b": []}


def test_comparison_costs_the_same_however_many_parts(house, django_assert_max_num_queries):
    report = send(house)
    admit("Trần Văn Ghi Muộn", house.a)
    with django_assert_max_num_queries(30) as few:
        compare(report)
    for number in range(5):
        cell = make_organization(f"Chi bộ thêm {number}", OrgLevel.CELL, house.a)
        admit(f"Lê Văn Thêm {number}", cell)

    with django_assert_max_num_queries(30) as many:
        compare(report)

    assert len(few) == len(many)
