"""Training classes: learners pasted from a list, results and certificates, who sees which class."""

import datetime
import io

import pytest
from cast import make_member
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from members import actions
from members.actions.training import Result
from members.models import Candidate, CourseKind, Enrollment, LearningResult, RuleBook, TrainingCourse
from members.training import learners_of, pasted_lines, valid_until
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

D = datetime.date.fromisoformat
AWARENESS, NEW_MEMBERS = CourseKind.AWARENESS, CourseKind.NEW_MEMBERS
PASSED = LearningResult.PASSED


def opened(cast, kind=AWARENESS, organization=None):
    return TrainingCourse.objects.create(
        kind=kind,
        name="Lớp số 1",
        organization=organization or cast.a,
        starts_on=D("2026-03-02"),
        ends_on=D("2026-03-06"),
    )


def read(cast, course, text):
    return learners_of(course, pasted_lines(text), cast.sec_a)


def test_rows_of_excel_and_typed_lines_are_read_alike():
    lines = pasted_lines("Lê Thị Hoa\t02/9/2001\tA1\n\n  Trần Văn Ba ; 3-2-2000 ; A2 \n")

    assert [(one.number, one.full_name, one.born, one.code) for one in lines] == [
        (1, "Lê Thị Hoa", "02/9/2001", "A1"),
        (3, "Trần Văn Ba", "3-2-2000", "A2"),
    ]


def test_candidates_are_made_once_and_known_again(cast):
    course, line = opened(cast), "Lê Thị Hoa; 02/9/2001; a1"
    found = read(cast, course, line)
    assert actions.enroll(course, candidates=found.candidates, by=cast.sec_a) == 1

    later = opened(cast)
    again = read(cast, later, line)

    assert actions.enroll(later, candidates=again.candidates, by=cast.sec_a) == 1
    assert actions.enroll(later, candidates=again.candidates, by=cast.sec_a) == 0
    candidate = Candidate.objects.get()
    assert (candidate.organization, candidate.born_on, candidate.enrollments.count()) == (
        cast.a1,
        D("2001-09-02"),
        2,
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Lê Thị Hoa; 02/9/2001; B1", "không có tổ chức mã “B1”"),
        ("; 02/9/2001; A1", "thiếu họ và tên"),
        ("Lê Thị Hoa; 31/02/2001; A1", "Chưa hiểu ngày này"),
    ],
)
def test_line_that_names_no_candidate_is_told(cast, line, words):
    found = read(cast, opened(cast), line)

    assert found.candidates == []
    assert words in found.faults[0]


def test_members_are_found_by_name_and_birth_date_in_ones_own_part(cast):
    course = opened(cast, NEW_MEMBERS)
    twin = make_member("Dương Thị Ấn", cast.a1, born_on=D("1990-01-01"))

    assert read(cast, course, "dương thị ấn; 1/1/1990").members == [twin]
    assert "có 2 đảng viên cùng tên" in read(cast, course, "Dương Thị Ấn").faults[0]
    assert "trong phạm vi quản lý" in read(cast, course, cast.p_b1.full_name).faults[0]


def test_class_takes_its_own_kind_of_learners(cast):
    with pytest.raises(ValidationError, match="không ghi đảng viên"):
        actions.enroll(opened(cast), members=[cast.p_a2], by=cast.sec_a)
    with pytest.raises(ValidationError, match="không ghi quần chúng"):
        candidate = Candidate(full_name="Lê Thị Hoa", organization=cast.a1)
        actions.enroll(opened(cast, NEW_MEMBERS), candidates=[candidate], by=cast.sec_a)
    assert not Enrollment.objects.exists()


def test_only_who_manages_the_class_writes(cast):
    course = opened(cast, NEW_MEMBERS, cast.b)

    for deed in (
        lambda: actions.enroll(course, members=[cast.p_a2], by=cast.sec_a),
        lambda: actions.record_results(course, [], by=cast.sec_a),
        lambda: actions.open_course(course, by=cast.sec_a),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_certificate_is_for_who_passed_and_never_before_the_class(cast):
    row = Enrollment.objects.create(course=opened(cast, NEW_MEMBERS), member=cast.p_a2)
    ask = {"certificate_number": "12/CN", "certified_on": D("2026-03-10")}

    with pytest.raises(ValidationError, match="chỉ cấp cho người đạt"):
        actions.record_results(row.course, [Result(row.pk, LearningResult.FAILED, **ask)], by=cast.sec_a)
    early = ask | {"certified_on": D("2026-03-01")}
    with pytest.raises(ValidationError, match="trước ngày khai giảng"):
        actions.record_results(row.course, [Result(row.pk, PASSED, **early)], by=cast.sec_a)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrollment.objects.update(certificate_number="1")
    done = [Result(row.pk, PASSED, **ask)]
    assert [actions.record_results(row.course, done, by=cast.sec_a) for _ in range(2)] == [1, 0]


def test_certificate_of_a_candidate_holds_five_years(cast):
    candidate = Candidate.objects.create(full_name="Lê Thị Hoa", organization=cast.a1)
    row = Enrollment(course=opened(cast), candidate=candidate, certified_on=D("2024-02-29"))

    assert valid_until(row, RuleBook()) == D("2029-02-27")
    row.course.kind = NEW_MEMBERS
    assert valid_until(row, RuleBook()) is None


def test_whoever_has_a_certificate_is_not_taken_out(cast):
    row = Enrollment.objects.create(
        course=opened(cast, NEW_MEMBERS),
        member=cast.p_a2,
        result=PASSED,
        certificate_number="1",
        certified_on=D("2026-03-10"),
    )
    with pytest.raises(ValidationError, match="bỏ số giấy trước"):
        actions.remove_learner(row, by=cast.sec_a, reason="Ghi nhầm")

    actions.record_results(row.course, [Result(row.pk, None)], by=cast.sec_a)
    row.refresh_from_db()
    actions.remove_learner(row, by=cast.sec_a, reason="Ghi nhầm")
    assert not Enrollment.objects.exists()


def test_page_takes_a_whole_list_or_says_which_lines_are_wrong(cast, signed_in):
    course, client = opened(cast), signed_in(cast.sec_a)
    address = reverse("members:course_enroll", args=[course.pk])

    page = client.post(address, {"lines": "Lê Thị Hoa; ; A1\nTrần Văn Ba; ; B1"}).content.decode()
    assert "Dòng 2 (Trần Văn Ba): không có tổ chức mã “B1”" in page
    assert not Candidate.objects.exists()

    page = client.post(address, {"lines": "Lê Thị Hoa; ; A1\nTrần Văn Ba; ; A2"}, follow=True)
    assert [row.enrollment.learner.full_name for row in page.context["rows"]] == ["Trần Văn Ba", "Lê Thị Hoa"]


def test_page_writes_results_which_the_record_then_tells(cast, signed_in):
    row = Enrollment.objects.create(course=opened(cast, NEW_MEMBERS), member=cast.p_a2)
    client, address = signed_in(cast.sec_a), reverse("members:course", args=[row.course_id])
    sent = {f"h{row.pk}-result": "passed", f"h{row.pk}-certificate_number": "12/CN"}

    assert "đi cùng nhau" in client.post(address, sent).content.decode()
    client.post(address, sent | {f"h{row.pk}-certified_on": "10/3/2026"})

    story = client.get(reverse("members:member", args=[cast.p_a2.pk]), {"phan": "qua-trinh"})
    assert "Lớp số 1, đạt" in story.content.decode() and "12/CN" in story.content.decode()


def test_workbook_of_learners_asks_why(cast, signed_in):
    row = Enrollment.objects.create(course=opened(cast, NEW_MEMBERS), member=cast.p_a2, result=PASSED)
    client, address = signed_in(cast.sec_a), reverse("members:course_export", args=[row.course_id])

    assert "bắt buộc" in client.post(address).content.decode()
    sheet = load_workbook(io.BytesIO(client.post(address, {"reason": "Bế giảng"}).getvalue())).active

    rows = [(line[1], line[4]) for line in sheet.iter_rows(min_row=7, values_only=True)]
    assert rows == [("Dương Thị Ấn", "Đạt")]
    assert AuditEntry.objects.filter(action="members.export_learners").count() == 1


def test_pages_cost_the_same_at_few_and_at_many(cast, signed_in, django_assert_max_num_queries):
    course, client, counts = opened(cast, NEW_MEMBERS), signed_in(cast.sec_a), []
    pages = [reverse("members:courses"), reverse("members:course", args=[course.pk])]
    client.get(pages[0])
    for number in (1, 12):
        for place in range(number):
            opened(cast)
            Enrollment.objects.create(course=course, member=make_member(f"Lê Văn {number} {place}", cast.a1))
        with django_assert_max_num_queries(40) as asked:
            for page in pages:
                assert client.get(page).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
