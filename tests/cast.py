"""The cast: the tree, the people and their rights, as every test about "who may" uses them.

    R ─┬─ A ─┬─ A1   mem_a1 (member), sec_a (secretary of A)
       │     └─ A2   p_a2 (a record without an account)
       └─ B ─── B1   mem_b1 (member), sec_b (secretary of B), p_b1 (a record without an account)

At R itself: off and off2 (office), edi (editor), adm (administrator), chair_r (Deputy Secretary, the
only official member of R's Executive Committee). Each is a fixture of that name, `cast` holds them all.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from members.actions import reorganization
from members.actions.reorganization import Plan
from members.models import (
    Body,
    BodyType,
    HoldingBegun,
    Membership,
    MemberStatus,
    OrgLevel,
    PartyMember,
    PartyOrganization,
    Position,
    PositionHolding,
    Reorganization,
    ReorgKind,
    RoleGrant,
    Sex,
    Term,
    User,
)
from members.roles import Role

PASSWORD = "giấy nắng trên bàn"
# One round: a thousand tests need no slow hash. Signing in makes it a full one.
PASSWORD_HASH = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
SINCE = datetime.date(2020, 8, 5)


@dataclass
class Cast:
    """Everybody at once. Organisations are single letters, records begin with `p_`."""

    r: PartyOrganization
    a: PartyOrganization
    a1: PartyOrganization
    a2: PartyOrganization
    b: PartyOrganization
    b1: PartyOrganization
    term: Term
    executive_committee: Body
    secretary: Position
    deputy: Position
    committee_member: Position
    mem_a1: User
    sec_a: User
    off: User
    edi: User
    adm: User
    mem_b1: User
    off2: User
    chair_r: User
    sec_b: User
    p_a2: PartyMember
    p_b1: PartyMember

    @property
    def six(self) -> dict[str, User | None]:
        """The columns of the permission matrix; None is nobody signed in."""
        return {
            "ANON": None,
            "MEM": self.mem_a1,
            "SEC": self.sec_a,
            "OFF": self.off,
            "EDI": self.edi,
            "ADM": self.adm,
        }


def make_organization(
    name: str, level: OrgLevel, parent: PartyOrganization | None = None, code: str = ""
) -> PartyOrganization:
    return PartyOrganization.objects.create(
        name=name, level=level, parent=parent, code=code or name, valid_from=SINCE
    )


def make_member(full_name: str, organization: PartyOrganization, **fields: object) -> PartyMember:
    """An official member since SINCE, with the membership row that goes with it."""
    row = {
        "sex": Sex.MALE,
        "born_on": datetime.date(1980, 5, 19),
        "status": MemberStatus.OFFICIAL,
        "admission_decision_on": datetime.date(2005, 1, 20),
        "admitted_on": datetime.date(2005, 2, 3),
        "official_on": datetime.date(2006, 2, 3),
    } | fields
    member = PartyMember.objects.create(full_name=full_name, organization=organization, **row)
    Membership.objects.create(member=member, organization=organization, valid_from=SINCE)
    return member


def make_user(username: str, full_name: str, organization: PartyOrganization) -> User:
    """An account with a member record behind it and no right of its own."""
    email = f"{username.replace('_', '.')}@khoi.invalid"
    return User.objects.create(
        username=username,
        full_name=full_name,
        email=email,
        password=PASSWORD_HASH,
        member=make_member(full_name, organization, email=email),
    )


def hold(
    user: User, position: Position, organization: PartyOrganization, **fields: object
) -> PositionHolding:
    row = {"title": f"{position.title} {organization.name}", "valid_from": SINCE} | fields
    return PositionHolding.objects.create(
        member=user.member,
        position=position,
        organization=organization,
        begun_by=HoldingBegun.ELECTED,
        **row,
    )


def grant(user: User, role: Role, organization: PartyOrganization | None = None) -> RoleGrant:
    return RoleGrant.objects.create(
        user=user, role=role, organization=organization, reason="Phân công của Văn phòng", valid_from=SINCE
    )


def reorganize(
    cast: Cast, kind: ReorgKind, source: PartyOrganization, *, on: datetime.date, **fields: Any
) -> Reorganization:
    """A decision that takes effect on its own day, by one who manages the whole house."""
    if not RoleGrant.objects.filter(user=cast.off, role=Role.SECRETARY).exists():
        grant(cast.off, Role.SECRETARY, cast.r)
    plan = Plan(
        kind=kind,
        source=PartyOrganization.objects.get(pk=source.pk),
        decision_number="112-QĐ/ĐUK",
        decided_on=on,
        effective_on=on,
        **fields,
    )
    return reorganization.reorganize(plan, by=User.objects.get(pk=cast.off.pk))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    r = make_organization("Đảng bộ Khối", OrgLevel.SUPERIOR, code="R")
    a = make_organization("Đảng bộ Sở An", OrgLevel.GRASSROOTS_COMMITTEE, r, "A")
    a1 = make_organization("Chi bộ Phòng An Một", OrgLevel.CELL, a, "A1")
    a2 = make_organization("Chi bộ Phòng An Hai", OrgLevel.CELL, a, "A2")
    b = make_organization("Đảng bộ Sở Bình", OrgLevel.GRASSROOTS_COMMITTEE, r, "B")
    b1 = make_organization("Chi bộ Phòng Bình Một", OrgLevel.CELL, b, "B1")
    secretary = Position.objects.create(
        title="Bí thư", rank=10, is_single_seat=True, is_head=True, role=Role.SECRETARY
    )
    deputy = Position.objects.create(title="Phó Bí thư Thường trực", rank=20, is_single_seat=True)
    committee_member = Position.objects.create(
        title="Ủy viên Ban Chấp hành", rank=50, body_type=BodyType.EXECUTIVE_COMMITTEE, has_vote=True
    )
    term = Term.objects.create(
        organization=r,
        ordinal=6,
        name="nhiệm kỳ 2020–2025",
        valid_from=SINCE,
    )
    executive_committee = Body.objects.create(
        organization=r,
        body_type=BodyType.EXECUTIVE_COMMITTEE,
        name="Ban Chấp hành Đảng bộ Khối",
        valid_from=SINCE,
    )
    people = {
        "mem_a1": make_user("mem_a1", "Nguyễn Văn Mười", a1),
        "sec_a": make_user("sec_a", "Trần Thị Sáu", a1),
        "off": make_user("off", "Lê Văn Phòng", r),
        "edi": make_user("edi", "Phạm Thị Biên", r),
        "adm": make_user("adm", "Vũ Văn Trị", r),
        "mem_b1": make_user("mem_b1", "Đỗ Thị Bình", b1),
        "off2": make_user("off2", "Ngô Thị Hai", r),
        "chair_r": make_user("chair_r", "Hoàng Văn Chủ", r),
        "sec_b": make_user("sec_b", "Bùi Văn Bắc", b1),
    }
    hold(people["sec_a"], secretary, a)
    hold(people["sec_b"], secretary, b)
    hold(people["chair_r"], deputy, r, title="Phó Bí thư Thường trực Đảng ủy Khối", term=term)
    hold(people["chair_r"], committee_member, r, body=executive_committee, term=term)
    grant(people["off"], Role.OFFICE)
    grant(people["off2"], Role.OFFICE)
    grant(people["edi"], Role.EDITOR)
    grant(people["adm"], Role.ADMINISTRATOR)
    return Cast(
        r=r,
        a=a,
        a1=a1,
        a2=a2,
        b=b,
        b1=b1,
        term=term,
        executive_committee=executive_committee,
        secretary=secretary,
        deputy=deputy,
        committee_member=committee_member,
        p_a2=make_member("Dương Thị Ấn", a2, card_number="03000002", phone="0912000002"),
        p_b1=make_member("Đặng Văn Hùng", b1, card_number="03000003", phone="0912000003"),
        **people,
    )


def _one(name: str) -> Callable[[Cast], object]:
    @pytest.fixture(name=name)
    def member_of_cast(cast: Cast) -> object:
        return getattr(cast, name)

    return member_of_cast


mem_a1 = _one("mem_a1")
sec_a = _one("sec_a")
off = _one("off")
edi = _one("edi")
adm = _one("adm")
mem_b1 = _one("mem_b1")
off2 = _one("off2")
chair_r = _one("chair_r")
sec_b = _one("sec_b")
p_a2 = _one("p_a2")
p_b1 = _one("p_b1")


@pytest.fixture
def signed_in() -> Callable[[User | None], Client]:
    """`signed_in(user).get(...)`: a browser of that person; `signed_in(None)` is nobody's."""

    def browser(user: User | None) -> Client:
        client = Client()
        if user:
            client.force_login(user, backend="members.backends.AccountBackend")
        return client

    return browser
