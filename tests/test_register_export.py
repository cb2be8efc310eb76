"""The register as mẫu 7-HSĐV: what it says, for whom, and that it can come home again."""

import datetime
from io import BytesIO
from urllib.parse import urlencode

import pytest
from cast import make_member
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lists import states, verdicts
from openpyxl import load_workbook

from members.demo.record import fill_background
from members.models import BadgeAward, MemberStatus, PartyMember, Transfer
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db
ADDRESS = reverse("members:export")


@pytest.fixture
def full(cast):
    """Records with everything in them, and with what trips a spreadsheet or a reader."""
    member = cast.p_a2
    fill_background(member, 7)
    member.birth_name, member.note, member.service_group = "Dương Thị Mơ", "=1+1", "retired"
    member.professional_education = "Cử nhân Luật; Thạc sĩ Quản lý"
    member.save()
    make_member("VŨ VĂN HOA", cast.a1, official_on=None, status=MemberStatus.PROBATIONARY)
    make_member("Lê Văn Hòa", cast.a1, admitted_on=None, born_on=None, sex="", official_on=None)
    make_member("Lê Văn Hòa", cast.a1, note="-", languages="Anh: B1", occupation="Kế toán")
    return member


def exported(client, **asked) -> BytesIO:
    answer = client.post(f"{ADDRESS}?{urlencode(asked)}", {"reason": "Đối chiếu"})
    assert answer.status_code == 200
    return BytesIO(answer.content)


def test_form_has_its_fourteen_columns_and_says_each_member(cast, full, signed_in):
    BadgeAward.objects.create(
        member=full, organization=cast.a2, badge_years=30, awarded_on=datetime.date(2024, 9, 2)
    )
    Transfer.objects.create(
        member=full,
        kind="temporary",
        from_organization=cast.a2,
        place="Học viện",
        moved_on=datetime.date(2024, 9, 1),
        until=datetime.date(2025, 5, 31),
    )

    sheet = load_workbook(exported(signed_in(cast.sec_a), organization=cast.a2.pk)).worksheets[0]

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][0] == "SỔ DANH SÁCH ĐẢNG VIÊN"
    assert (rows[2][0], rows[2][7], rows[3][0]) == (
        "Số TT",
        "Số thẻ, số lý lịch, số Huy hiệu Đảng",
        "Chi bộ Phòng An Hai",
    )
    assert rows[4][:2] == [1, "Dương Thị Ấn\nKhai sinh: Dương Thị Mơ"]
    assert rows[4][6:10] == [
        "03/02/2005\n03/02/2006",
        "Thẻ: 03000002\nLý lịch: 000008HP\nHuy hiệu: 30 năm",
        "Hưu trí",
        "01/9/2024, Học viện (tạm thời đến 31/5/2025)",
    ]
    assert rows[4][13:] == ["'=1+1", str(full.pk)]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.cell(6, 1).font.name == "Times New Roman"


def test_unchanged_export_brought_back_changes_nothing(cast, full, signed_in):
    file = SimpleUploadedFile("so.xlsx", exported(signed_in(cast.sec_a)).getvalue())

    found = verdicts(file, cast.sec_a)

    assert [verdict.remarks for verdict in found] == [[]] * 6
    assert (states(found), len(found)) == (["same"] * 6, 6)


def test_three_wrong_cells_are_three_wrong_rows_and_one_change_is_one(cast, full, signed_in):
    book = load_workbook(exported(signed_in(cast.sec_a)))
    sheet = book.worksheets[0]
    lines = [row[0].row for row in sheet.iter_rows(min_row=7) if isinstance(row[0].value, int)]
    for line, column, value in zip(lines, "CGHD", ["lạ", "31/2/2000", "Thẻ: 12", "xã Mới"], strict=False):
        sheet[f"{column}{line}"] = value
    content = BytesIO()
    book.save(content)

    found = verdicts(SimpleUploadedFile("so.xlsx", content.getvalue()), cast.sec_a)

    assert states(found) == ["error", "error", "error", "changed", "same", "same"]
    assert found[3].changes.keys() == {"native_place"}


def test_export_is_of_the_own_subtree_and_carries_no_citizen_number(cast, full, signed_in):
    everything = exported(signed_in(cast.sec_a), organization=cast.b.pk)
    text = " ".join(str(cell.value) for row in load_workbook(everything).worksheets[0] for cell in row)

    assert full.full_name in text
    assert full.citizen_number not in text
    assert "Đặng Văn Hùng" not in text


def test_export_asks_why_and_logs_filter_and_count(cast, signed_in):
    client = signed_in(cast.sec_a)
    assert client.post(ADDRESS, {"reason": ""})["Content-Type"].startswith("text/html")

    exported(client, organization=cast.a1.pk, status="official", q="03000002")

    entry = AuditEntry.objects.get(action="members.export")
    assert (entry.actor, entry.summary) == (cast.sec_a, "Xuất sổ danh sách 0 đảng viên: Đối chiếu")
    assert entry.changes["filter"][1] == {"q": "***", "organization": cast.a1.pk, "status": "official"}


def test_export_costs_as_many_queries_with_many_members(cast, signed_in, django_assert_max_num_queries):
    client, counted = signed_in(cast.sec_a), []
    for _ in range(2):
        for number in range(15):
            make_member(f"Lê Văn {number}", cast.a2)
        exported(client)
        with django_assert_max_num_queries(25) as queries:
            exported(client)
        counted.append(len(queries))

    assert counted[0] == counted[1]
    assert PartyMember.objects.count() > 30
