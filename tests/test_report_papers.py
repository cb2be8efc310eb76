"""The report in words (.docx) and the figures as a workbook: the numbers of the screen."""

import datetime
from io import BytesIO

import papers
import pytest
from cast import make_member, reorganize
from django.urls import reverse
from openpyxl import load_workbook

from members.actions.reports import send_report
from members.figure_papers import PARTS
from members.issuers import issuer_of
from members.models import (
    Admission,
    Candidate,
    CourseKind,
    Enrollment,
    Inspection,
    InspectionSubject,
    OwningCommittee,
    PartyOrganization,
    ReorgKind,
    ReportPeriod,
    Target,
    TrainingCourse,
)
from members.report_figures import told_today, year_before
from members.statistics import INDICATORS
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

UNTIL = datetime.date(2024, 9, 30)
DAY = datetime.date(2024, 5, 19)


@pytest.fixture
def house(cast):
    """In A: three admissions of a target of four, one the year before; a class of one, one inspected."""
    OwningCommittee.objects.create(
        organization=cast.r,
        name="Đảng ủy Khối",
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ thành phố",
        letters="ĐUK",
        place="Hải Phòng",
        effective_from=datetime.date(2020, 1, 1),
    )
    for number, day in enumerate([DAY, DAY, DAY, DAY.replace(year=2023)]):
        Admission.objects.create(
            member=make_member(f"Trần Văn Mới {number}", cast.a1),
            organization=cast.a1,
            decision_number="12-QĐ",
            decision_on=day,
            admitted_on=day,
        )
    Target.objects.create(organization=cast.a, indicator="admissions", year=2024, value=4)
    course = TrainingCourse.objects.create(
        kind=CourseKind.AWARENESS, name="Lớp 1", organization=cast.a, starts_on=DAY, ends_on=DAY
    )
    candidate = Candidate.objects.create(full_name="Lê Thị Quần", organization=cast.a1)
    Enrollment.objects.create(course=course, candidate=candidate)
    held = Inspection.objects.create(
        organization=cast.a, inspector="commission", kind="duty", decision_number="9-QĐ", concluded_on=DAY
    )
    InspectionSubject.objects.create(inspection=held, member=cast.p_a2)
    return cast


def taken(house, signed_in, form):
    address = f"{reverse('members:figures_export')}?organization={house.a.pk}&year=2024&months=9"
    answer = signed_in(house.sec_a).post(address, {"dang": form})
    assert answer.status_code == 200
    return answer.content


def test_text_says_the_figures_the_target_and_last_year(house, signed_in):
    words = papers.text(taken(house, signed_in, "docx"))

    for line in (
        "kết quả công tác xây dựng Đảng 9 tháng năm 2024",
        "chốt đến hết ngày 30/9/2024. Đảng bộ Sở An báo cáo kết quả 9 tháng năm 2024 như sau:",
        "Kết nạp 3 đảng viên mới.",
        "Đạt 75% chỉ tiêu được giao cả năm (4); đúng kỳ vọng đến ngày chốt số liệu (75%).",
        "Đảng viên mới kết nạp: cùng kỳ năm trước 1, tăng 2.",
        "Tổ chức 1 lớp bồi dưỡng nhận thức về Đảng cho 1 quần chúng, đoàn viên ưu tú.",
        "Kiểm tra 1 đảng viên.",
        "Trong kỳ chưa có.",
        "T/M BAN CHẤP HÀNH",
    ):
        assert line in words


def test_head_is_the_committees_and_the_number_is_left_to_be_given(house, signed_in):
    lines = papers.lines(papers.opened(taken(house, signed_in, "docx")))

    assert lines[:2] == ["ĐẢNG BỘ KHỐI", "ĐẢNG ỦY SỞ AN"]
    assert "Số       -BC/ĐU" in lines
    assert lines.count("Nơi nhận:") == 1
    assert "DỰ THẢO" in lines


def test_head_names_the_superior_of_the_day(house):
    reorganize(house, ReorgKind.HAND_OVER, house.a2, on=datetime.date(2024, 10, 1), target=house.b)
    a2 = PartyOrganization.objects.get(pk=house.a2.pk)

    above = [issuer_of(a2, a2.name, day).superior for day in (UNTIL, UNTIL + datetime.timedelta(days=1))]

    assert above == [house.a.name, house.b.name]


def test_table_of_the_paper_is_that_of_the_screen(house, signed_in):
    document = papers.opened(taken(house, signed_in, "docx"))

    rows = [line for table in range(len(document.tables)) for line in papers.rows(document, table)]
    assert ["1", "Đảng viên mới kết nạp", "1", "3", "4", "75%", "tăng 2"] in rows
    assert ["2", "Đảng viên được trao Huy hiệu Đảng", "0", "0", "–", "–", "bằng cùng kỳ"] in rows


def test_workbook_holds_the_table_and_each_figure_by_organisation(house, signed_in):
    sheet = load_workbook(BytesIO(taken(house, signed_in, "xlsx"))).worksheets[0]

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [1, "Đảng viên mới kết nạp", 1, 3, 4, None, "75%", "tăng 2"] in rows
    assert [1, "Chi bộ Phòng An Một", 1, 3, None, None, "–", "tăng 2"] in rows
    assert AuditEntry.objects.get(action="members.export_figures").about_id == house.a.pk


def test_target_given_in_percent_is_told_as_it_was_given(house, signed_in):
    Target.objects.update(percent=50, members=7)

    document = papers.opened(taken(house, signed_in, "docx"))
    sheet = load_workbook(BytesIO(taken(house, signed_in, "xlsx"))).worksheets[0]

    said = "Đạt 75% chỉ tiêu được giao cả năm (4, theo tỷ lệ 50% của 7 đảng viên);"
    assert said in "\n".join(papers.lines(document))
    table = [line for place in range(len(document.tables)) for line in papers.rows(document, place)]
    told = "4\n50% của 7 đảng viên"
    assert ["1", "Đảng viên mới kết nạp", "1", "3", told, "75%", "tăng 2"] in table
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [1, "Đảng viên mới kết nạp", 1, 3, 4, "50% của 7 đảng viên", "75%", "tăng 2"] in rows


def test_paper_of_a_sent_report_keeps_what_was_sent(house, signed_in):
    report = send_report(
        house.a,
        by=house.sec_a,
        period=ReportPeriod.NINE_MONTHS,
        year=2024,
        until=datetime.date(2024, 9, 15),
        recipient="Đảng ủy Khối",
        number="07-BC/ĐU",
        estimates={"admissions": 4},
    )
    Admission.objects.all().delete()

    content = signed_in(house.sec_a).post(reverse("members:report_take", args=[report.pk])).content

    words = papers.text(content)
    assert "Kết nạp 3 đảng viên mới." in words
    assert "ước cả kỳ 4" in words
    assert "cùng kỳ năm trước 1, tăng 2" in words
    assert "Số 07-BC/ĐU" in words
    assert "DỰ THẢO" not in words


def test_year_of_which_nothing_was_entered_is_not_known(house):
    told = told_today(house.b, UNTIL)

    assert {one.last_year for one in told} == {None}
    assert told[0].change == "–"


def test_every_indicator_has_its_place_in_the_text():
    told = [code for _, clauses in PARTS for codes in clauses for code in codes]

    assert sorted(told) == sorted(INDICATORS)


@pytest.mark.parametrize(
    ("until", "before"),
    [
        ("2024-09-15", "2023-09-15"),
        ("2024-02-29", "2023-02-28"),
        ("2025-02-28", "2024-02-29"),
        ("2024-12-31", "2023-12-31"),
    ],
)
def test_same_period_a_year_before_ends_with_its_month(until, before):
    assert year_before(datetime.date.fromisoformat(until)) == datetime.date.fromisoformat(before)
