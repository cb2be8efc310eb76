"""The pages of organisations and members, and who is answered how (permissions: P60–P66)."""

import pytest
from cast import make_member
from django.urls import reverse

from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

REGISTER = reverse("members:list")


def statuses(cast, signed_in, address: str) -> dict[str, int]:
    return {column: signed_in(user).get(address).status_code for column, user in cast.six.items()}


def test_directory_is_for_everybody_signed_in(cast, signed_in):
    everybody = {"ANON": 302, "MEM": 200, "SEC": 200, "OFF": 200, "EDI": 200, "ADM": 200}

    assert statuses(cast, signed_in, reverse("members:organizations")) == everybody
    assert statuses(cast, signed_in, reverse("members:organization", args=[cast.b.pk])) == everybody


def test_register_is_for_who_manages_an_organisation(cast, signed_in):
    assert statuses(cast, signed_in, REGISTER) == {
        "ANON": 302,
        "MEM": 403,
        "SEC": 200,
        "OFF": 403,
        "EDI": 403,
        "ADM": 403,
    }


def test_record_of_own_subtree_and_of_another(cast, signed_in):
    others = {"ANON": 302, "MEM": 404, "OFF": 404, "EDI": 404, "ADM": 404}

    assert statuses(cast, signed_in, reverse("members:member", args=[cast.p_a2.pk])) == others | {"SEC": 200}
    assert statuses(cast, signed_in, reverse("members:member", args=[cast.p_b1.pk])) == others | {"SEC": 404}


@pytest.mark.parametrize("who", ["mem_a1", "sec_a", "off", "edi", "adm"])
def test_own_record_for_everybody(cast, signed_in, who):
    user = getattr(cast, who)

    assert signed_in(user).get(reverse("members:member", args=[user.member_id])).status_code == 200


def test_reading_anothers_record_leaves_a_line(cast, signed_in):
    client = signed_in(cast.sec_a)

    client.get(reverse("members:member", args=[cast.sec_a.member_id]))
    client.get(reverse("members:member", args=[cast.p_a2.pk]))
    client.get(reverse("members:member", args=[cast.p_b1.pk]))

    lines = AuditEntry.objects.filter(action="members.view_record")
    assert list(lines.values_list("actor", "about_id")) == [(cast.sec_a.pk, cast.p_a2.pk)]


def test_register_lists_the_own_subtree_by_given_name(cast, signed_in):
    answer = signed_in(cast.sec_a).get(REGISTER)

    names = [member.full_name for member in answer.context["page"].members]
    assert names == ["Dương Thị Ấn", "Nguyễn Văn Mười", "Trần Thị Sáu"]
    assert answer.context["page"].total == 3
    assert cast.b.name not in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("an", ["Dương Thị Ấn"]),
        ("Ấn", ["Dương Thị Ấn"]),
        ("duong thi", ["Dương Thị Ấn"]),
        ("03000002", ["Dương Thị Ấn"]),
        ("0300000", []),
        ("03000003", []),
        ("hùng", []),
    ],
)
def test_search_in_the_register(cast, signed_in, words, found):
    answer = signed_in(cast.sec_a).get(REGISTER, {"q": words})

    assert [member.full_name for member in answer.context["page"].members] == found


def test_exact_marks_come_first(cast, signed_in):
    make_member("Trịnh Thị An", cast.a1)

    answer = signed_in(cast.sec_a).get(REGISTER, {"q": "Ấn"})

    names = [member.full_name for member in answer.context["page"].members]
    assert names.index("Dương Thị Ấn") < names.index("Trịnh Thị An")


def test_pages_go_on_where_the_last_one_ended(cast, signed_in):
    for number in range(60):
        make_member(f"Lê Văn Hải {number:02}", cast.a2)
    client = signed_in(cast.sec_a)

    first = client.get(REGISTER)
    second = client.get(REGISTER + first.context["next"])

    shown = [member.pk for answer in (first, second) for member in answer.context["page"].members]
    assert (len(shown), len(set(shown)), second.context["next"]) == (63, 63, "")


def test_organisation_of_others_can_not_be_asked_for(cast, signed_in):
    answer = signed_in(cast.sec_a).get(REGISTER, {"organization": cast.b.pk})

    assert {member.organization_id for member in answer.context["page"].members} <= {cast.a1.pk, cast.a2.pk}


def test_list_costs_the_same_at_one_and_at_many_rows(cast, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.sec_a)
    client.get(REGISTER)
    with django_assert_max_num_queries(20) as few:
        client.get(REGISTER)
    for number in range(30):
        make_member(f"Lê Văn Hải {number:02}", cast.a2)

    with django_assert_max_num_queries(20) as many:
        client.get(REGISTER)

    assert len(few) == len(many)


def test_secretary_corrects_a_record_and_the_trail_keeps_both(cast, signed_in):
    form = {
        "full_name": "Dương Thị Ân",
        "sex": "female",
        "born_on": "19/5/1981",
        "card_number": "03000009",
        "status": "official",
        "admitted_on": "03/02/2005",
        "email": "",
        "phone": "",
    }

    signed_in(cast.sec_a).post(reverse("members:change", args=[cast.p_a2.pk]), form)

    cast.p_a2.refresh_from_db()
    assert (cast.p_a2.full_name, cast.p_a2.born_on.isoformat()) == ("Dương Thị Ân", "1981-05-19")
    entry = AuditEntry.objects.get(action="members.change_member")
    assert entry.changes["full_name"] == ["Dương Thị Ấn", "Dương Thị Ân"]
    assert entry.changes["card_number"] == ["***", "***"]


@pytest.mark.parametrize(("record", "status"), [("p_b1", 404), ("p_a2", 200)])
def test_change_page_within_the_subtree_only(cast, signed_in, record, status):
    address = reverse("members:change", args=[getattr(cast, record).pk])

    assert signed_in(cast.sec_a).get(address).status_code == status


def test_nobody_corrects_his_own_record(cast, signed_in):
    for user in (cast.mem_a1, cast.sec_a):
        address = reverse("members:change", args=[user.member_id])
        assert signed_in(user).post(address, {"full_name": "Ai Đó"}).status_code == 403


def test_card_number_of_another_tells_nothing_of_whom(cast, signed_in):
    address = reverse("members:change", args=[cast.p_a2.pk])

    answer = signed_in(cast.sec_a).post(
        address, {"full_name": "Dương Thị Ấn", "card_number": "03000003", "status": "official"}
    )

    assert "Số thẻ đảng viên này không dùng được." in answer.content.decode()
    assert "Đặng Văn Hùng" not in answer.content.decode()
