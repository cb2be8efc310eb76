"""The history of a record and of an organisation as a person reads it, and who does not."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import change_member, enter, transfer_member, withdraw
from members.history import history_of_member
from members.models import (
    Award,
    DisciplinaryAction,
    DisciplineLevel,
    PartyMember,
    PartyOrganization,
    TransferKind,
)

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "031180001234", "031180009999"


def page(client, member):
    return client.get(reverse("members:member", args=[member.pk]), {"phan": "lich-su"})


def told(member, user):
    return [(deed.who, deed.what, deed.lines) for deed in history_of_member(member, user)]


def enter_award(cast, **fields):
    given = {"title": "Giấy khen", "given_by": "Đảng ủy Sở", "decided_on": datetime.date(2023, 2, 3)}
    return enter(Award(member=cast.p_a2, **given | fields), by=cast.sec_a)


def test_change_by_a_form_reads_as_a_sentence_with_who_and_what(cast, signed_in):
    change_member(cast.p_a2, by=cast.sec_a, residence="xã Tam Hưng")
    form = {"full_name": cast.p_a2.full_name, "status": "official", "residence": "xã Bắc An"}

    signed_in(cast.sec_a).post(reverse("members:change", args=[cast.p_a2.pk]), form)

    text = page(signed_in(cast.sec_a), cast.p_a2).content.decode()
    assert f'<span class="name">{cast.sec_a.full_name}</span>: sửa hồ sơ đảng viên.' in text
    assert "Đổi nơi cư trú từ «xã Tam Hưng» thành «xã Bắc An»." in text
    assert "Ghi nơi cư trú «xã Tam Hưng»." in text


def test_change_past_the_portal_is_called_so(cast, signed_in):
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(born_on=datetime.date(1981, 2, 3), sex="female")

    who, what, lines = told(cast.p_a2, cast.sec_a)[0]
    assert (who, what) == ("Thay đổi thẳng trong cơ sở dữ liệu", "")
    assert "Đổi ngày sinh từ «19/5/1980» thành «03/02/1981»." in lines
    assert "Đổi giới tính từ «Nam» thành «Nữ»." in lines
    assert "Thay đổi thẳng trong cơ sở dữ liệu" in page(signed_in(cast.sec_a), cast.p_a2).content.decode()


def test_row_is_told_when_it_comes_changes_and_goes(cast):
    award = enter_award(cast)
    Award.objects.filter(pk=award.pk).update(decision_number="12-QĐ")
    withdraw(Award.objects.get(pk=award.pk), by=cast.sec_a, reason="Ghi nhầm người")

    deeds = told(cast.p_a2, cast.sec_a)
    held = "hình thức «Giấy khen», cấp khen thưởng «Đảng ủy Sở», ngày quyết định «03/02/2023»"
    assert (cast.sec_a.full_name, "ghi vào hồ sơ: khen thưởng", [f"Ghi khen thưởng: {held}."]) in deeds
    assert "Khen thưởng «Giấy khen»: ghi số quyết định «12-QĐ»." in str(deeds)
    assert (
        cast.sec_a.full_name,
        "bỏ dòng ghi nhầm (khen thưởng): Ghi nhầm người",
        [f"Bỏ khen thưởng: {held}, số quyết định «12-QĐ»."],
    ) in deeds


def test_organization_bears_the_name_it_had_then(cast):
    cast.a2.names.create(name="Chi bộ cũ", code="X", valid_from="2020-08-05", valid_to="2200-01-01")
    transfer_member(
        cast.p_a2,
        by=cast.sec_a,
        kind=TransferKind.INTERNAL,
        moved_on=datetime.date(2024, 6, 3),
        to_organization=cast.a1,
    )

    _, what, lines = told(cast.p_a2, cast.sec_a)[0]
    assert what.startswith("chuyển sinh hoạt nội bộ từ 03/6/2024")
    assert f"Đổi nơi sinh hoạt từ «Chi bộ cũ» thành «{cast.a1.name}»." in lines


def test_citizen_number_stays_masked(cast, signed_in):
    change_member(cast.p_a2, by=cast.sec_a, citizen_number=NUMBER)
    change_member(cast.p_a2, by=cast.sec_a, citizen_number=OTHER)

    text = page(signed_in(cast.sec_a), cast.p_a2).content.decode()
    assert "Đổi số định danh cá nhân từ «•••••••••234» thành «•••••••••999»." in text
    assert NUMBER not in text and OTHER not in text


def test_who_may_not_see_the_record_sees_no_history(cast, signed_in):
    change_member(cast.p_a2, by=cast.sec_a, residence="xã Tam Hưng")

    for user in (cast.sec_b, cast.mem_a1, cast.off, cast.adm):
        assert page(signed_in(user), cast.p_a2).status_code == 404
        answers = [
            signed_in(user).get(reverse("members:organization", args=[cast.a2.pk])),
            signed_in(user).get(reverse("members:organization_history", args=[cast.a2.pk])),
        ]
        assert ["Tam Hưng" in answer.content.decode() for answer in answers] == [False, False]


def test_own_history_is_ones_own_to_read(cast, signed_in):
    change_member(cast.mem_a1.member, by=cast.sec_a, residence="xã Tam Hưng")

    assert (
        "Ghi nơi cư trú «xã Tam Hưng»." in page(signed_in(cast.mem_a1), cast.mem_a1.member).content.decode()
    )


def test_looking_is_no_history(cast, signed_in):
    page(signed_in(cast.sec_a), cast.p_a2)

    assert "xem hồ sơ" not in str(told(cast.p_a2, cast.sec_a))


def test_discipline_decided_above_is_hidden_below(cast):
    row = {"level": DisciplineLevel.WARNING, "decided_on": datetime.date(2024, 5, 6), "decision_number": "7"}
    DisciplinaryAction.objects.create(member=cast.p_a2, decided_by=cast.r, matter="Việc kín", **row)
    row = enter(
        DisciplinaryAction(member=cast.p_a2, decided_by=cast.a, matter="Việc ở A", **row), by=cast.sec_a
    )

    assert "Việc ở A" in str(told(cast.p_a2, cast.sec_a))
    assert "Việc kín" not in str(told(cast.p_a2, cast.sec_a))
    DisciplinaryAction.objects.filter(pk=row.pk).update(decided_by=cast.r)
    assert "kỷ luật" not in str(told(cast.p_a2, cast.sec_a)).lower()


def test_administration_tells_no_more_of_a_member_than_the_record(cast, signed_in):
    row = DisciplinaryAction(
        member=cast.p_a2,
        decided_by=cast.a,
        level=DisciplineLevel.WARNING,
        decided_on=datetime.date(2024, 5, 6),
        decision_number="7",
        matter="Việc kín",
    )
    DisciplinaryAction.objects.filter(pk=enter(row, by=cast.sec_a).pk).update(decided_by=cast.r)
    address = reverse("admin:members_partymember_history", args=[cast.p_a2.pk])

    text = signed_in(cast.sec_a).get(address, follow=True).content.decode()

    assert cast.p_a2.full_name in text
    assert "kỷ luật" not in text.lower()


def test_row_moved_to_another_record_tells_nothing_of_it(cast):
    award = enter_award(cast)
    Award.objects.filter(pk=award.pk).update(member=cast.p_b1, title="Huân chương")

    assert "Khen thưởng «Giấy khen»: chuyển sang nơi khác." in str(told(cast.p_a2, cast.sec_a))
    assert "Huân chương" not in str(told(cast.p_a2, cast.sec_a))


def test_organization_tells_what_became_of_it(cast, signed_in):
    PartyOrganization.objects.filter(pk=cast.a1.pk).update(name="Chi bộ Mới")
    cast.a1.names.create(name="Chi bộ Mới", code="M", valid_from="2024-01-01", decision_number="3-QĐ")

    address = reverse("members:organization_history", args=[cast.a1.pk])
    text = signed_in(cast.sec_a).get(address).content.decode()
    assert f"Đổi tên từ «{cast.a1.name}» thành «Chi bộ Mới»." in text
    assert "Ghi tên theo thời gian: từ ngày «01/01/2024», tên «Chi bộ Mới»" in text
    assert signed_in(cast.mem_a1).get(address).status_code == 403


def test_number_of_queries_is_the_same_for_one_and_for_thirty_changes(cast, signed_in):
    client, counts = signed_in(cast.sec_a), []
    enter_award(cast)
    for number in (1, 30):
        for place in range(number):
            change_member(cast.p_a2, by=cast.sec_a, residence=f"xã {number} {place}")
            Award.objects.update(title=f"Giấy khen {number} {place}")
        page(client, cast.p_a2)
        with CaptureQueriesContext(connection) as asked:
            assert page(client, cast.p_a2).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_tables_that_keep_nothing_of_it_are_not_read(cast):
    enter_award(cast)
    history_of_member(cast.p_a2, cast.sec_a)

    with CaptureQueriesContext(connection) as asked:
        deeds = history_of_member(cast.p_a2, cast.sec_a)

    assert deeds
    read = [one["sql"] for one in asked if 'JOIN "pghistory_context"' in one["sql"]]
    assert len(read) == len(["the record", "where he belongs", "the award"])
