"""The pages of reorganisation: what is offered to whom, a look before the deed, taking it back."""

import datetime

import pytest
from cast import grant, make_member, reorganize
from django.urls import reverse

from members.actions.reorganization import Unit
from members.models import (
    OrgLevel,
    OrgSuccession,
    PartyMember,
    PartyOrganization,
    Reorganization,
    ReorgKind,
)
from members.roles import Role
from members.views.reorganization import SLUGS

pytestmark = pytest.mark.django_db

JULY = datetime.date(2025, 7, 1)
DECISION = {"decision_number": "112-QĐ/ĐUK", "decided_on": "01/7/2025", "effective_on": "01/7/2025"}
MERGER = DECISION | {"name": "Chi bộ Hợp nhất", "code": "A9", "level": "cell"}


def address(organization, slug="hop-nhat"):
    return reverse("members:reorganize", args=[organization.pk, slug])


def test_look_writes_nothing_and_the_second_click_carries_out(cast, signed_in):
    client, asked = signed_in(cast.sec_a), MERGER | {"others": [cast.a2.pk]}

    seen = client.post(address(cast.a1), asked)
    assert not Reorganization.objects.exists()
    assert (seen.context["outcome"].before, seen.context["outcome"].after) == (3, 3)
    assert "2 đảng viên: Chi bộ Phòng An Một → Chi bộ Hợp nhất." in seen.content.decode()

    done = client.post(address(cast.a1), asked | {"da-xem": seen.context["mark"]}, follow=True)

    assert OrgSuccession.objects.count() == 2
    assert done.context["row"].kind == ReorgKind.MERGE
    page = client.get(reverse("members:organization", args=[cast.a1.pk]), {"ngay": "30/6/2025"})
    assert "Sau là" in page.content.decode()


@pytest.mark.parametrize("slug", ["sap-nhap", "giai-the", "giai-tan", "ket-thuc-hoat-dong"])
def test_nobody_takes_over_who_was_not_chosen(cast, signed_in, slug):
    form = signed_in(cast.sec_a).get(address(cast.a1, slug)).context["form"]

    assert [str(key) for key, _ in form.fields["target"].choices] == ["", str(cast.a2.pk)]


def test_what_was_changed_after_the_look_is_looked_at_again(cast, signed_in):
    client, asked = signed_in(cast.sec_a), MERGER | {"others": [cast.a2.pk]}
    mark = client.post(address(cast.a1), asked).context["mark"]

    again = client.post(address(cast.a1), asked | {"name": "Chi bộ Khác", "da-xem": mark})

    assert again.context["outcome"] is not None
    assert not Reorganization.objects.exists()


def test_decision_is_taken_back_with_a_reason(cast, signed_in):
    client, asked = signed_in(cast.sec_a), MERGER | {"others": [cast.a2.pk]}
    mark = client.post(address(cast.a1), asked).context["mark"]
    client.post(address(cast.a1), asked | {"da-xem": mark})
    row = Reorganization.objects.get()
    undo = reverse("members:reorganization_undo", args=[row.pk])

    without = client.post(undo, {"reason": " "}, follow=True).content.decode()
    taken_back = client.post(undo, {"reason": "Ghi nhầm"}, follow=True).content.decode()

    assert "Ghi lý do hoàn tác." in without
    assert "trở lại như trước quyết định" in taken_back
    assert not PartyOrganization.objects.filter(code="A9").exists()


def test_code_that_is_taken_and_days_that_do_not_fit_are_told(cast, signed_in):
    wrong = MERGER | {"others": [cast.a2.pk], "code": "B1", "effective_on": "30/6/2025"}

    page = signed_in(cast.sec_a).post(address(cast.a1), wrong).content.decode()
    later = signed_in(cast.sec_a).post(address(cast.a1), wrong | {"code": "A9"}).content.decode()

    assert "Mã này đã có tổ chức dùng" in page
    assert "Ngày hiệu lực sớm hơn ngày quyết định." in later


def test_organisations_of_others_can_not_be_named(cast, signed_in):
    merged = signed_in(cast.sec_a).post(address(cast.a1), MERGER | {"others": [cast.b1.pk]})
    absorbed = signed_in(cast.sec_a).post(address(cast.a1, "sap-nhap"), DECISION | {"target": cast.b1.pk})

    assert merged.context["outcome"] is absorbed.context["outcome"] is None
    assert cast.b1.name not in merged.content.decode() + absorbed.content.decode()


@pytest.mark.parametrize("slug", list(SLUGS))
def test_form_of_each_kind_opens_for_the_superior_alone(cast, signed_in, slug):
    head = cast.a if slug == "thanh-lap" else cast.a1
    if slug == "ha-cap":
        PartyOrganization.objects.filter(pk=head.pk).update(level=OrgLevel.SECTION)

    assert signed_in(cast.sec_a).get(address(head, slug)).status_code == 200
    assert signed_in(cast.sec_b).get(address(head, slug)).status_code == 403


def test_division_into_three_asks_of_everybody_where_he_goes(cast, signed_in):
    one = make_member("Lê Thị Ba", cast.a1)
    client, path = signed_in(cast.sec_a), address(cast.a1, "chia") + "?phan=3"
    names = {f"name_{n}": f"Chi bộ {n}" for n in (1, 2, 3)} | {f"code_{n}": f"N{n}" for n in (1, 2, 3)}
    to = {cast.mem_a1.member_id: "1", cast.sec_a.member_id: "2", one.pk: "3"}
    asked = DECISION | names | {"level": "cell"} | {f"to_members_{pk}": part for pk, part in to.items()}

    seen = client.post(path, asked)
    client.post(path, asked | {"da-xem": seen.context["mark"]})

    parts = {org.code: org for org in PartyOrganization.objects.filter(code__startswith="N")}
    assert {pk: parts[f"N{part}"].pk for pk, part in to.items()} == dict(
        PartyMember.objects.filter(pk__in=to).values_list("pk", "organization")
    )


def test_same_code_twice_is_told_beside_it(cast, signed_in):
    names = {"name_1": "Chi bộ 1", "code_1": "N1", "name_2": "Chi bộ 2", "code_2": "N1"}

    page = signed_in(cast.sec_a).post(address(cast.a1, "chia"), DECISION | names | {"level": "cell"})

    assert page.context["form"].errors["code_2"] == ["Các tổ chức mới không dùng chung một mã."]


def test_raising_proposes_the_name_and_asks_for_cells_and_superior(cast, signed_in):
    grant(cast.off, Role.SECRETARY, cast.r)
    client, path = signed_in(cast.off), address(cast.a1, "nang-cap") + "?cap=grassroots_committee"
    form = client.get(path).context["form"]
    assert form["name"].value() == "Đảng bộ Phòng An Một"
    asked = DECISION | {"name": form["name"].value(), "code": "A1", "target": cast.r.pk}
    asked |= {"name_1": "Chi bộ 1", "code_1": "N1", "name_2": "Chi bộ 2", "code_2": "N2"}
    asked |= {f"to_members_{cast.mem_a1.member_id}": "1", f"to_members_{cast.sec_a.member_id}": "2"}

    seen = client.post(path, asked)
    done = client.post(path, asked | {"da-xem": seen.context["mark"]}, follow=True)

    assert "Chi bộ trực thuộc → Đảng bộ cơ sở" in done.content.decode()
    a1 = PartyOrganization.objects.get(pk=cast.a1.pk)
    assert (a1.level, a1.parent_id, a1.children.count()) == (OrgLevel.GRASSROOTS_COMMITTEE, cast.r.pk, 2)


def test_level_whose_superior_is_not_managed_is_not_offered(cast, signed_in):
    shape = signed_in(cast.sec_a).get(address(cast.a1, "nang-cap")).context["shape"]

    assert shape.level() == OrgLevel.SECTION
    assert "cap" not in shape.fields


def test_level_is_shown_as_of_the_day(cast, signed_in):
    unit = Unit(cast.a1.name, "A1", OrgLevel.GRASSROOTS_CELL)
    reorganize(cast, ReorgKind.RAISE, cast.a1, on=JULY, units=(unit,), target=cast.r)
    page = reverse("members:organization", args=[cast.a1.pk])

    before = signed_in(cast.mem_b1).get(page, {"ngay": "30/6/2025"}).content.decode()
    after = signed_in(cast.mem_b1).get(page, {"ngay": "01/7/2025"}).content.decode()

    assert '<p class="byline">Chi bộ trực thuộc&nbsp;· mã A1' in before
    assert '<p class="byline">Chi bộ cơ sở&nbsp;· mã A1' in after
