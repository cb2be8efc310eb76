"""One member's record: its parts, what is added to it, and what it keeps from whom."""

import datetime

import pytest
from cast import grant
from django.urls import reverse

from members.models import (
    DisciplinaryAction,
    DisciplineLevel,
    ExitReason,
    FormerNumber,
    Interruption,
    Transfer,
)
from members.roles import Role
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db
NUMBER = "031180001234"


@pytest.fixture
def p_a2(cast):
    cast.p_a2.citizen_number, cast.p_a2.native_place = NUMBER, "xã Tam Hưng"
    cast.p_a2.save()
    return cast.p_a2


def page(member, part: str = "") -> str:
    address = reverse("members:member", args=[member.pk])
    return f"{address}?phan={part}" if part else address


def enter(client, member, entry: str, /, **sent):
    return client.post(reverse("members:enter", args=[member.pk, entry]), sent)


def test_citizen_number_is_nowhere_until_asked_for_with_a_reason(cast, p_a2, signed_in):
    client = signed_in(cast.sec_a)
    address = reverse("members:citizen_number", args=[p_a2.pk])
    pages = [page(p_a2), page(p_a2, "ly-lich"), reverse("members:change", args=[p_a2.pk]), address]

    assert [NUMBER in client.get(one).content.decode() for one in pages] == [False] * 4
    assert NUMBER not in client.post(address, {"reason": " "}).content.decode()
    shown = client.post(address, {"reason": "Đối chiếu danh sách"})

    assert NUMBER in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    lines = AuditEntry.objects.filter(action="members.show_citizen_number")
    assert [line.summary for line in lines] == ["Xem số định danh cá nhân: Đối chiếu danh sách"]


def test_own_citizen_number_comes_after_a_click_without_a_reason(cast, signed_in):
    cast.mem_a1.member.citizen_number = NUMBER
    cast.mem_a1.member.save()
    address = reverse("members:citizen_number", args=[cast.mem_a1.member_id])

    assert NUMBER not in signed_in(cast.mem_a1).get(address).content.decode()
    assert NUMBER in signed_in(cast.mem_a1).post(address).content.decode()


def test_number_left_blank_stays_and_a_new_one_keeps_the_old(cast, p_a2, signed_in):
    form = {"full_name": p_a2.full_name, "status": "official", "card_number": "03000009"}
    address = reverse("members:change", args=[p_a2.pk])

    signed_in(cast.sec_a).post(address, form)
    p_a2.refresh_from_db()
    assert (p_a2.card_number, p_a2.citizen_number) == ("03000009", NUMBER)
    signed_in(cast.sec_a).post(address, form | {"citizen_number": "031180009999"})

    former = FormerNumber.objects.filter(member=p_a2).order_by("pk")
    assert list(former.values_list("kind", "number")) == [
        ("card_number", "03000002"),
        ("citizen_number", NUMBER),
    ]
    assert NUMBER not in signed_in(cast.sec_a).get(page(p_a2)).content.decode()


@pytest.mark.parametrize("words", ["03000002", "03000009", NUMBER])
def test_whole_number_finds_its_member_a_former_one_too(cast, p_a2, signed_in, words):
    FormerNumber.objects.create(member=p_a2, kind="card_number", number="03000009")
    FormerNumber.objects.create(member=cast.p_b1, kind="card_number", number=words)

    answer = signed_in(cast.sec_a).get(reverse("members:list"), {"q": words})

    assert [member.pk for member in answer.context["page"].members] == [p_a2.pk]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("0300", "gồm 8 đến 12 chữ số"), ("03000003", "không dùng được"), ("0300000a", "chữ số")],
)
def test_wrong_card_number_is_refused_in_words(cast, p_a2, signed_in, number, sentence):
    form = {"full_name": p_a2.full_name, "status": "official", "card_number": number}

    answer = signed_in(cast.sec_a).post(reverse("members:change", args=[p_a2.pk]), form)

    assert sentence in answer.content.decode()


def test_story_tells_every_movement_newest_first(cast, p_a2, signed_in):
    client = signed_in(cast.sec_a)
    enter(client, p_a2, "khen-thuong", title="Giấy khen", given_by="Đảng ủy Sở", decided_on="3/2/2023")
    enter(client, p_a2, "xep-loai", year="2023", quarter="0", level="good", rated_on="20/12/2023")
    enter(client, p_a2, "mien-sinh-hoat", reason="Sức khỏe yếu", valid_from="1/6/2024")

    events = client.get(page(p_a2, "qua-trinh")).context["events"]

    assert [(event.day.year, event.what) for event in events] == [
        (2024, "Miễn công tác và sinh hoạt đảng"),
        (2023, "Xếp loại cả năm 2023"),
        (2023, "Giấy khen"),
        (2020, "Sinh hoạt đảng"),
        (2006, "Công nhận đảng viên chính thức"),
        (2005, "Lễ kết nạp tại chi bộ"),
        (2005, "Quyết định kết nạp"),
    ]


def test_entry_refused_by_a_rule_is_told_on_the_form(cast, p_a2, signed_in):
    client = signed_in(cast.sec_a)
    gap = {"reason": "Ở xa", "valid_from": "1/1/2010", "valid_to": "31/12/2010"}

    enter(client, p_a2, "gian-doan", **gap)
    answer = enter(client, p_a2, "gian-doan", **gap)

    assert "đã có trong một lần gián đoạn khác" in answer.content.decode()
    assert Interruption.objects.count() == 1


def test_mistaken_row_is_taken_out_with_a_reason_and_the_trail_keeps_it(cast, p_a2, signed_in):
    client = signed_in(cast.sec_a)
    enter(client, p_a2, "khen-thuong", title="Giấy khen", given_by="Đảng ủy Sở", decided_on="3/2/2023")
    address = reverse("members:withdraw", args=[p_a2.pk, "khen-thuong", p_a2.awards.get().pk])

    client.post(address, {"reason": ""})
    assert p_a2.awards.count() == 1
    client.post(address, {"reason": "Ghi nhầm người"})

    assert p_a2.awards.count() == 0
    assert AuditEntry.objects.get(action="members.withdraw_award").changes["title"] == ["Giấy khen", ""]


def test_transfer_inside_ends_one_membership_and_begins_another(cast, p_a2, signed_in):
    sent = {"kind": "internal", "to_organization": cast.a1.pk, "moved_on": "01/9/2024"}

    enter(signed_in(cast.sec_a), p_a2, "chuyen-sinh-hoat", **sent)

    p_a2.refresh_from_db()
    rows = p_a2.memberships.order_by("valid_from").values_list("organization", "valid_to")
    assert p_a2.organization == cast.a1
    assert list(rows) == [(cast.a2.pk, datetime.date(2024, 8, 31)), (cast.a1.pk, None)]


def test_temporary_transfer_moves_nobody(cast, p_a2, signed_in):
    sent = {"kind": "temporary", "place": "Học viện", "moved_on": "01/9/2024", "until": "31/5/2025"}

    enter(signed_in(cast.sec_a), p_a2, "chuyen-sinh-hoat", **sent)

    p_a2.refresh_from_db()
    assert (p_a2.organization, p_a2.exit_reason, p_a2.transfers.count()) == (cast.a2, "", 1)


def test_transfer_out_of_the_house_ends_the_membership(cast, p_a2, signed_in):
    sent = {"kind": "official", "place": "Đảng bộ phường Hồng Bàng", "moved_on": "01/9/2024"}

    enter(signed_in(cast.sec_a), p_a2, "chuyen-sinh-hoat", **sent)

    p_a2.refresh_from_db()
    assert (p_a2.exit_reason, p_a2.memberships.get().valid_to) == (
        ExitReason.MOVED_OUT,
        datetime.date(2024, 8, 31),
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "official", "to_organization": "b1"},
        {"kind": "official", "to_organization": "a2"},
        {"kind": "official"},
        {"kind": "temporary", "place": "Học viện"},
        {"kind": "official", "place": "Phường", "moved_on": "01/8/2020"},
    ],
)
def test_transfer_that_can_not_be_changes_nothing(cast, p_a2, signed_in, sent):
    if "to_organization" in sent:
        sent = sent | {"to_organization": getattr(cast, sent["to_organization"]).pk}

    answer = enter(signed_in(cast.sec_a), p_a2, "chuyen-sinh-hoat", **{"moved_on": "01/9/2024"} | sent)

    p_a2.refresh_from_db()
    assert answer.context["form"].errors
    assert (p_a2.organization, p_a2.exit_reason, Transfer.objects.count()) == (cast.a2, "", 0)


def discipline(member, organization) -> DisciplinaryAction:
    return DisciplinaryAction.objects.create(
        member=member,
        level=DisciplineLevel.WARNING,
        decided_by=organization,
        decided_on=datetime.date(2023, 5, 1),
        decision_number="9-QĐ/UBKT",
    )


def test_discipline_is_seen_by_who_decided_its_commission_and_the_member(cast, p_a2):
    row = discipline(p_a2, cast.r)
    grant(cast.edi, Role.INSPECTION, cast.r)
    grant(cast.off2, Role.INSPECTION, cast.b)
    cast.adm.member = None
    people = [cast.sec_a, cast.off, cast.edi, cast.off2, cast.mem_a1]

    seen = [DisciplinaryAction.objects.visible_to(user).filter(pk=row.pk).exists() for user in people]

    assert seen == [False, False, True, False, False]


def test_secretary_below_the_deciding_committee_does_not_meet_the_discipline(cast, p_a2, signed_in):
    discipline(p_a2, cast.r)
    own = discipline(p_a2, cast.a)

    events = signed_in(cast.sec_a).get(page(p_a2, "qua-trinh")).context["events"]

    assert [event.pk for event in events if event.kind == "ky-luat"] == [own.pk]


def test_commission_finds_the_discipline_of_its_scope_in_the_admin(cast, p_a2, signed_in):
    row = discipline(p_a2, cast.r)
    other = discipline(cast.p_b1, cast.b)
    grant(cast.off2, Role.INSPECTION, cast.b)

    client = signed_in(cast.off2)
    answers = [
        client.get(reverse("admin:members_disciplinaryaction_change", args=[one.pk])).status_code
        for one in (row, other)
    ]

    assert answers == [404, 200]


def test_person_sees_who_has_looked_at_the_own_record(cast, signed_in):
    own = page(cast.mem_a1.member, "nhat-ky")
    signed_in(cast.sec_a).get(page(cast.mem_a1.member))

    views = signed_in(cast.mem_a1).get(own).context["views"]

    assert [(view.actor, view.summary) for view in views] == [(cast.sec_a, "Xem hồ sơ đảng viên")]
    assert signed_in(cast.sec_a).get(own).status_code == 404
