"""A list on its way into the register: checked, chosen from, written, taken back; and what stops it."""

import datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from lists import HUNG, bring, listed, packed, take, workbook
from openpyxl import load_workbook

from members.actions import change_member, imports
from members.models import FormerNumber, ImportBatch, ImportState, Membership, PartyMember
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

WRONG = [2, "Vũ Thị Hoa", "Nữ", "31/2/1985", "03100002", "19/5/2010", "A1"]
CHANGED = [3, "Dương Thị Ấn", "Nữ", "19/5/1980", "03000009", "", "A2"]


def snapshot() -> list[dict[str, object]]:
    return list(PartyMember.objects.order_by("pk").values())


def test_checking_writes_nothing_and_accepting_writes_all(cast):
    before = snapshot()
    batch = bring(listed(HUNG, CHANGED), cast.sec_a, cast.a)
    assert (batch.state, batch.counts, snapshot()) == (ImportState.CHECKED, {"new": 1, "warning": 1}, before)

    batch = take(batch)

    hung = PartyMember.objects.get(card_number="03100001")
    cast.p_a2.refresh_from_db()
    assert (hung.full_name, hung.organization, hung.born_on) == (
        "Đặng Văn Hùng",
        cast.a1,
        datetime.date(1980, 2, 3),
    )
    assert Membership.objects.get(member=hung).valid_from == datetime.date(2020, 8, 5)
    assert (cast.p_a2.sex, cast.p_a2.card_number) == ("female", "03000009")
    assert FormerNumber.objects.get().number == "03000002"
    assert AuditEntry.objects.get(action="members.import").summary == "Nhập danh sách: 2 hồ sơ"


def test_second_run_of_the_same_list_changes_nothing(cast):
    take(bring(listed(HUNG, CHANGED), cast.sec_a, cast.a))
    before = snapshot()

    again = bring(listed(HUNG, CHANGED), cast.sec_a, cast.a)

    assert again.counts == {"same": 2}
    with pytest.raises(ValidationError, match="Không có dòng nào làm thay đổi"):
        imports.accept(again, only_good=False, by=cast.sec_a)
    assert snapshot() == before


def test_wrong_rows_stop_the_whole_and_leave_the_good_ones(cast):
    batch = bring(listed(HUNG, WRONG), cast.sec_a, cast.a)

    with pytest.raises(ValidationError, match="Còn 1 dòng lỗi"):
        imports.accept(batch, only_good=False, by=cast.sec_a)
    take(batch, only_good=True)

    written = PartyMember.objects.filter(card_number__in=["03100001", "03100002"])
    assert [member.full_name for member in written] == ["Đặng Văn Hùng"]


def test_undo_restores_exactly(cast):
    before, memberships = snapshot(), Membership.objects.count()
    batch = take(bring(listed(HUNG, CHANGED), cast.sec_a, cast.a))

    imports.undo(batch, by=cast.sec_a)

    batch.refresh_from_db()
    assert (batch.state, snapshot(), Membership.objects.count()) == (ImportState.UNDONE, before, memberships)
    assert not FormerNumber.objects.exists()


def test_undo_is_refused_once_somebody_has_touched_a_record(cast):
    batch = take(bring(listed(HUNG, CHANGED), cast.sec_a, cast.a))
    change_member(cast.p_a2, by=cast.sec_a, card_number="03000010")
    before = snapshot()

    with pytest.raises(ValidationError, match="1 hồ sơ đã có người sửa"):
        imports.undo(batch, by=cast.sec_a)

    assert snapshot() == before


def test_undo_is_refused_when_a_new_member_has_a_story(cast):
    batch = take(bring(listed(HUNG), cast.sec_a, cast.a))
    hung = PartyMember.objects.get(card_number="03100001")
    hung.awards.create(title="Giấy khen", given_by="Sở", decided_on=datetime.date(2024, 1, 1))

    with pytest.raises(ValidationError, match="ghi thêm việc khác"):
        imports.undo(batch, by=cast.sec_a)


def test_fields_kept_and_rows_left_out_stay_as_they_are(cast):
    batch = bring(listed(HUNG, CHANGED), cast.sec_a, cast.a)
    hung, changed = batch.rows.order_by("number")
    imports.choose(
        batch,
        shown=[hung.pk, changed.pk],
        skipped={hung.pk},
        kept={(changed.pk, "card_number")},
        by=cast.sec_a,
    )

    take(batch)

    cast.p_a2.refresh_from_db()
    assert (cast.p_a2.sex, cast.p_a2.card_number) == ("female", "03000002")
    assert not PartyMember.objects.filter(card_number="03100001").exists()


def test_record_changed_since_the_check_stops_the_writing(cast):
    batch = bring(listed(HUNG, CHANGED), cast.sec_a, cast.a)
    change_member(cast.p_a2, by=cast.sec_a, card_number="03000010")
    before = snapshot()

    batch = take(batch)

    assert (batch.state, snapshot()) == (ImportState.CHECKED, before)
    assert "đã thay đổi từ lúc kiểm tra" in batch.trouble


def test_number_taken_since_the_check_stops_the_writing(cast):
    batch = bring(listed(HUNG), cast.sec_a, cast.a)
    PartyMember.objects.filter(pk=cast.p_b1.pk).update(card_number="03100001")

    batch = take(batch)

    assert (batch.state, PartyMember.objects.filter(full_name="Đặng Văn Hùng").count()) == (
        ImportState.CHECKED,
        1,
    )


def test_two_figure_years_are_asked_for_and_headings_remembered(cast):
    batch = bring(listed([*HUNG[:3], "3/2/80", *HUNG[4:]]), cast.sec_a, cast.a)
    assert batch.rows.get().remarks[0]["code"] == "two_digit_year"

    imports.remap(batch, fields={"chi bo": ""}, pivot=30, by=cast.sec_a)
    imports.run(batch.pk)

    row = batch.rows.get()
    assert (row.remarks[0]["code"], batch.organization_id) == ("organization", cast.a.pk)
    again = bring(listed(HUNG), cast.sec_a, cast.a)
    assert again.errors == 1


def test_wish_to_stop_is_heard(cast):
    batch = imports.upload(listed(HUNG), organization=cast.a, by=cast.sec_a)

    imports.cancel(batch, by=cast.sec_a)
    imports.run(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == (ImportState.CANCELLED, 0)


def test_wish_to_stop_that_came_too_late_stops_nothing_later(cast):
    batch = bring(listed(HUNG), cast.sec_a, cast.a)

    imports.cancel(batch, by=cast.sec_a)

    assert take(batch).state == ImportState.DONE


def test_sweep_finds_a_batch_whose_tap_was_lost(cast):
    batch = imports.upload(listed(HUNG), organization=cast.a, by=cast.sec_a)

    assert (imports.run_waiting(), imports.run_waiting()) == (1, 0)
    batch.refresh_from_db()
    assert batch.state == ImportState.CHECKED


def test_old_list_is_forgotten_with_its_file_and_a_waiting_one_is_not(cast):
    done = take(bring(listed(HUNG), cast.sec_a, cast.a))
    waiting = imports.upload(listed(CHANGED), organization=cast.a, by=cast.sec_a)
    long_ago = timezone.now() - datetime.timedelta(days=31)
    ImportBatch.objects.update(created_at=long_ago)

    assert imports.forget_old() == 1

    assert list(ImportBatch.objects.all()) == [waiting]
    assert not done.file.storage.exists(done.file.name)
    assert PartyMember.objects.filter(card_number="03100001").exists()


def test_list_of_another_part_of_the_tree_is_not_taken(cast):
    for user in (cast.sec_b, cast.mem_a1, cast.off):
        with pytest.raises(PermissionDenied):
            imports.upload(listed(HUNG), organization=cast.a, by=user)


def test_pages_lead_from_the_file_to_the_record_and_back(cast, signed_in):
    client = signed_in(cast.sec_a)
    sent = {"file": listed(HUNG, WRONG), "organization": cast.a.pk, "no_state_secret": "on"}
    client.post(reverse("members:imports"), sent)
    batch = ImportBatch.objects.get()
    assert "dòng đã qua" in client.get(reverse("members:import", args=[batch.pk])).content.decode()
    imports.run(batch.pk)

    page = client.get(reverse("members:import", args=[batch.pk])).content.decode()
    assert "Không có ngày 31/2/1985" in page
    assert "Chỉ nhận 1 dòng tốt" in page
    client.post(reverse("members:import_accept", args=[batch.pk]), {"only_good": "1"})
    imports.run(batch.pk)
    assert PartyMember.objects.filter(card_number="03100001").exists()
    client.post(reverse("members:import_undo", args=[batch.pk]))

    assert not PartyMember.objects.filter(card_number="03100001").exists()


def test_result_has_a_column_of_errors_and_marks_the_cells(cast, signed_in):
    batch = bring(listed(HUNG, WRONG), cast.sec_a, cast.a)

    answer = signed_in(cast.sec_a).get(reverse("members:import_result", args=[batch.pk]))

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet["H1"].value == "Lỗi"
    assert sheet["H2"].value is None
    assert "Không có ngày 31/2/1985" in sheet["H3"].value
    assert [cell.coordinate for cell in sheet[3] if cell.fill.fill_type] == ["D3", "H3"]
    assert sheet["E3"].value == "03100002"


def test_citizen_numbers_are_masked_on_the_page(cast, signed_in):
    book = workbook([["Họ và tên", "Số CCCD", "Số thẻ"], ["Dương Thị Ấn", "031080001234", "03000002"]])
    batch = bring(packed(book), cast.sec_a, cast.a)

    page = signed_in(cast.sec_a).get(reverse("members:import", args=[batch.pk])).content.decode()

    assert ("031080001234" in page, "•••••••••234" in page) == (False, True)


def test_list_costs_as_many_queries_with_many_rows(cast, signed_in, django_assert_max_num_queries):
    client, counted = signed_in(cast.sec_a), []
    for number in (2, 40):
        rows = [[n, f"Lê Văn {n}", "Nam", "1/1/1990", f"0310{n:04}", "1/1/2015", "A1"] for n in range(number)]
        batch = bring(listed(*rows), cast.sec_a, cast.a)
        client.get(reverse("members:import", args=[batch.pk]))
        with django_assert_max_num_queries(25) as queries:
            client.get(reverse("members:import", args=[batch.pk]))
        counted.append(len(queries))

    assert counted[0] == counted[1]
