"""The committee itself: bodies, terms, who holds what, and the sample accounts."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from members.demo import people, record, tree, work
from members.models import (
    GRASSROOTS,
    Body,
    BodyType,
    HoldingBegun,
    HoldingEnded,
    Membership,
    MemberStatus,
    OrgLevel,
    OwningCommittee,
    PartyMember,
    PartyOrganization,
    Position,
    PositionHolding,
    RoleGrant,
    Term,
    User,
)
from members.roles import Role

#: One password for every sample account, printed at the end: sample data only.
PASSWORD = "hoa-phuong-do-2024"
SIXTH_TERM = datetime.date(2020, 8, 5)
SEVENTH_TERM = datetime.date(2025, 7, 30)
FAREWELL_DAY = datetime.date(2024, 9, 30)
COMMITTEE_MEMBERS = 27
STANDING_MEMBERS = 9

POSITIONS = {
    "first": ("Bí thư Đảng ủy Khối", 10, "", True, True, False, Role.SECRETARY),
    "permanent": ("Phó Bí thư Thường trực", 20, "", True, False, False, ""),
    "deputy": ("Phó Bí thư", 30, "", False, False, False, ""),
    "standing": ("Ủy viên Ban Thường vụ", 40, BodyType.STANDING_COMMITTEE, False, False, True, ""),
    "member": ("Ủy viên Ban Chấp hành", 50, BodyType.EXECUTIVE_COMMITTEE, False, False, True, ""),
    "inspector": ("Ủy viên Ủy ban Kiểm tra", 60, BodyType.INSPECTION_COMMISSION, False, False, True, ""),
    "secretary": ("Bí thư tổ chức cơ sở đảng", 65, "", True, True, False, Role.SECRETARY),
    "head": ("Trưởng ban", 70, BodyType.ADVISORY, False, False, False, ""),
    "chief": ("Chánh Văn phòng", 75, BodyType.OFFICE, False, False, False, ""),
    "cell": ("Bí thư chi bộ trực thuộc", 85, "", True, True, False, Role.SECRETARY),
    "expert": ("Chuyên viên", 90, "", False, False, False, ""),
    "mass": ("Trưởng đoàn thể", 80, BodyType.MASS_ORGANIZATION, False, False, False, ""),
}


@dataclass
class Sample:
    """What the sample conferences are built on."""

    root: PartyOrganization
    executive: Body
    standing: Body
    office: Body
    sixth: Term
    seventh: Term
    accounts: dict[str, User]
    chair_2024: User
    leaving: list[PositionHolding]


def build(*, members: int, seed: int, today: datetime.date) -> Sample:
    chance = random.Random(seed)
    root = tree.plant()
    _owning_committee(root)
    cells = PartyOrganization.objects.filter(
        level__in=[OrgLevel.CELL, OrgLevel.GRASSROOTS_CELL]
    ).in_tree_order()
    pool = people.fill(cells, members - 3, chance, today)
    chance.shuffle(pool)
    rest = work.report(work.REFERENCE, root=root, members=pool, chance=chance, today=today)
    this_year = _so_far(today)
    rest = work.report(this_year, root=root, members=rest, chance=chance, today=today)
    record.tell(rest, root=root, chance=random.Random(seed), today=today)
    bodies = _bodies(root)
    return _appoint(root, bodies, rest, today)


def _so_far(today: datetime.date) -> work.Year:
    """The present year in proportion, so that the home page has figures to show."""

    def share(whole: int) -> int:
        return max(1, whole * today.month // 12)

    # Courses end in April and later; before that the year has none to count.
    until = max(today, datetime.date(today.year, 2, 4))
    return work.Year(until, 165, share(150), share(40), (2, 138), (1, 92), share(54), share(10))


def _owning_committee(root: PartyOrganization) -> None:
    OwningCommittee.objects.create(
        organization=root,
        name="Đảng ủy Khối các cơ quan thành phố",
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ thành phố Hải Phòng",
        letters="ĐUK",
        place="Hải Phòng",
        office_phone="máy lẻ 100",
        effective_from=tree.FOUNDED,
        basis="Dữ liệu mẫu",
    )


def _bodies(root: PartyOrganization) -> dict[str, Body]:
    wanted = {
        "executive": (BodyType.EXECUTIVE_COMMITTEE, "Ban Chấp hành Đảng bộ Khối", "ĐUK"),
        "standing": (BodyType.STANDING_COMMITTEE, "Ban Thường vụ Đảng ủy Khối", "BTV"),
        "commission": (BodyType.INSPECTION_COMMISSION, "Ủy ban Kiểm tra Đảng ủy Khối", "UBKT"),
        "organization": (BodyType.ADVISORY, "Ban Tổ chức Đảng ủy Khối", "BTC"),
        "propaganda": (BodyType.ADVISORY, "Ban Tuyên giáo Đảng ủy Khối", "BTG"),
        "mobilization": (BodyType.ADVISORY, "Ban Dân vận Đảng ủy Khối", "BDV"),
        "office": (BodyType.OFFICE, "Văn phòng Đảng ủy Khối", "VP"),
        "union": (BodyType.MASS_ORGANIZATION, "Công đoàn Viên chức thành phố", "CĐVC"),
        "youth": (BodyType.MASS_ORGANIZATION, "Đoàn Thanh niên Khối", "ĐTN"),
        "veterans": (BodyType.MASS_ORGANIZATION, "Hội Cựu chiến binh Khối", "HCCB"),
    }
    return {
        key: Body.objects.create(
            organization=root, body_type=kind, name=name, letters=letters, valid_from=tree.FOUNDED
        )
        for key, (kind, name, letters) in wanted.items()
    }


def _cells_meet(unit: int) -> None:
    """The cells of a unit hold meetings of their own, which its secretary sets up."""
    cells = PartyOrganization.objects.under([unit]).filter(level=OrgLevel.CELL)
    Body.objects.bulk_create(
        Body(organization=cell, body_type=BodyType.CELL, name=cell.name, valid_from=cell.valid_from)
        for cell in cells.in_tree_order()
    )


def _positions() -> dict[str, Position]:
    return {
        key: Position.objects.create(
            title=title,
            rank=rank,
            body_type=body_type,
            is_single_seat=single,
            is_head=head,
            has_vote=vote,
            role=role,
        )
        for key, (title, rank, body_type, single, head, vote, role) in POSITIONS.items()
    }


class _Register:
    """Collects holdings and accounts, and writes each in one go."""

    def __init__(self, root: PartyOrganization, positions: dict[str, Position]) -> None:
        self.root, self.positions = root, positions
        self.holdings: list[PositionHolding] = []
        self.accounts: dict[int, User] = {}
        self.password = make_password(PASSWORD)

    def hold(
        self,
        member: PartyMember,
        position: str,
        title: str,
        *,
        organization: PartyOrganization | None = None,
        body: Body | None = None,
        term: Term | None = None,
        since: datetime.date = SIXTH_TERM,
        until: datetime.date | None = None,
        ended_by: str = "",
    ) -> PositionHolding:
        kind = self.positions[position]
        holding = PositionHolding(
            member=member,
            position=kind,
            organization=organization or self.root,
            body=body,
            term=term,
            title=title,
            is_single_seat=kind.is_single_seat,
            begun_by=HoldingBegun.ELECTED if body else HoldingBegun.APPOINTED,
            valid_from=since,
            valid_to=until,
            ended_by=ended_by,
        )
        self.holdings.append(holding)
        return holding

    def account(self, member: PartyMember, username: str) -> User:
        """One account a person, under the first name given."""
        member.email = f"{username}@khoi.invalid"
        return self.accounts.setdefault(
            member.pk,
            User(
                username=username,
                full_name=member.full_name,
                email=member.email,
                phone="0225 100",
                member=member,
                password=self.password,
            ),
        )

    def write(self) -> None:
        PositionHolding.objects.bulk_create(self.holdings, batch_size=500)
        User.objects.bulk_create(self.accounts.values())
        members = [user.member for user in self.accounts.values() if user.member]
        PartyMember.objects.bulk_update(members, ["email"], batch_size=200)


def _appoint(
    root: PartyOrganization, bodies: dict[str, Body], pool: list[PartyMember], today: datetime.date
) -> Sample:
    register = _Register(root, _positions())
    sixth, seventh = _terms(root)
    office_cell = PartyOrganization.objects.get(level=OrgLevel.GRASSROOTS_CELL, code="CB43")
    chair, retiring, moved = _public_persons(office_cell)
    secretaries = _secretaries(register, root, pool)
    _cells_meet(secretaries[0].organization.path[1])
    # Staff hold no seat that brings a right: a sample cadre must see what a cadre sees.
    taken = {holding.member_id for holding in register.holdings}
    staff = [member for member in pool if member.pk not in taken][:60]
    committee = [*secretaries[:16], *staff[:8]]
    deputy, others = committee[16], [*committee[:16], *committee[17:]]

    _sixth_term(register, bodies, sixth, chair, deputy, retiring, moved, others)
    # Each is taken leave of by the highest position that ends.
    leaving = [next(one for one in register.holdings if one.member is gone) for gone in (retiring, moved)]
    _seventh_term(register, bodies, seventh, deputy, [*others, *staff[8:11]])
    named = _organs(register, bodies, staff[11:])
    named |= {
        "chutri": register.account(deputy, "chutri"),
        "bithu": register.account(secretaries[0], "bithu"),
    }
    chair_2024 = register.account(chair, "chu-tri-2024")
    # A record of the past needs an author, not a way in.
    chair_2024.set_unusable_password()
    for place, member in enumerate([*secretaries, *committee, *staff[8:11]], start=1):
        register.account(member, f"uy-vien-{place:03}")
    register.write()
    _grants(named, root)
    return Sample(
        root=root,
        executive=bodies["executive"],
        standing=bodies["standing"],
        office=bodies["office"],
        sixth=sixth,
        seventh=seventh,
        accounts=named,
        chair_2024=chair_2024,
        leaving=leaving,
    )


def _terms(root: PartyOrganization) -> tuple[Term, Term]:
    day = datetime.timedelta(days=1)
    sixth = Term.objects.create(
        organization=root,
        ordinal=6,
        name="nhiệm kỳ 2020–2025",
        valid_from=SIXTH_TERM,
        valid_to=SEVENTH_TERM - day,
    )
    seventh = Term.objects.create(
        organization=root, ordinal=7, name="nhiệm kỳ 2025–2030", valid_from=SEVENTH_TERM
    )
    return sixth, seventh


def _public_persons(cell: PartyOrganization) -> list[PartyMember]:
    """Three comrades named in the news of 26/9/2024: name and office, nothing else is known."""
    members = [
        PartyMember(full_name=name, organization=cell, status=MemberStatus.OFFICIAL)
        for name in ("Phạm Quang Hiển", "Nguyễn Thị Thanh Thủy", "Phạm Hưng Hùng")
    ]
    for member in members:
        member.derive()
    PartyMember.objects.bulk_create(members)
    Membership.objects.bulk_create(
        Membership(member=member, organization=cell, valid_from=SIXTH_TERM) for member in members
    )
    return members


def _secretaries(register: _Register, root: PartyOrganization, pool: list[PartyMember]) -> list[PartyMember]:
    """A secretary for every organisation below the root; those of the grassroots come back."""
    free: dict[int, list[PartyMember]] = {}
    for one in pool:
        for above in one.organization.path[1:]:
            free.setdefault(above, []).append(one)
    chosen: set[int] = set()
    grassroots = []
    for organization in PartyOrganization.objects.exclude(pk=root.pk).in_tree_order():
        member = next((each for each in free.get(organization.pk, []) if each.pk not in chosen), None)
        if member is None:
            continue
        chosen.add(member.pk)
        is_grassroots = organization.level in GRASSROOTS
        position = "secretary" if is_grassroots else "cell"
        register.hold(member, position, f"Bí thư {organization.name}", organization=organization)
        if is_grassroots:
            grassroots.append(member)
    return grassroots


def _sixth_term(
    register: _Register,
    bodies: dict[str, Body],
    term: Term,
    chair: PartyMember,
    deputy: PartyMember,
    retiring: PartyMember,
    moved: PartyMember,
    others: list[PartyMember],
) -> None:
    end = term.valid_to
    over: dict[str, Any] = {"term": term, "until": end, "ended_by": HoldingEnded.TERM_ENDED}
    retired: dict[str, Any] = {"term": term, "until": FAREWELL_DAY, "ended_by": HoldingEnded.RETIRED}
    gone: dict[str, Any] = {"term": term, "until": FAREWELL_DAY, "ended_by": HoldingEnded.TRANSFERRED}
    register.hold(chair, "first", "Ủy viên Thành ủy, Bí thư Đảng ủy Khối", **over)
    register.hold(retiring, "permanent", "Phó Bí thư Thường trực Đảng ủy Khối", **retired)
    register.hold(deputy, "deputy", "Phó Bí thư Đảng ủy Khối", **over)
    executive, standing = bodies["executive"], bodies["standing"]
    for member in [chair, deputy, *others]:
        register.hold(member, "member", "Ủy viên Ban Chấp hành Đảng bộ Khối", body=executive, **over)
    register.hold(retiring, "member", "Ủy viên Ban Chấp hành Đảng bộ Khối", body=executive, **retired)
    register.hold(
        moved, "member", "Ủy viên Thành ủy, Ủy viên Ban Chấp hành Đảng bộ Khối", body=executive, **gone
    )
    for member in [chair, deputy, *others][: STANDING_MEMBERS - 1]:
        register.hold(member, "standing", "Ủy viên Ban Thường vụ Đảng ủy Khối", body=standing, **over)
    register.hold(retiring, "standing", "Ủy viên Ban Thường vụ Đảng ủy Khối", body=standing, **retired)


def _seventh_term(
    register: _Register,
    bodies: dict[str, Body],
    term: Term,
    secretary: PartyMember,
    others: list[PartyMember],
) -> None:
    now: dict[str, Any] = {"term": term, "since": term.valid_from}
    register.hold(secretary, "first", "Bí thư Đảng ủy Khối", **now)
    register.hold(others[0], "permanent", "Phó Bí thư Thường trực Đảng ủy Khối", **now)
    executive, standing = bodies["executive"], bodies["standing"]
    for member in [secretary, *others][:COMMITTEE_MEMBERS]:
        register.hold(member, "member", "Ủy viên Ban Chấp hành Đảng bộ Khối", body=executive, **now)
    for member in [secretary, *others][:STANDING_MEMBERS]:
        register.hold(member, "standing", "Ủy viên Ban Thường vụ Đảng ủy Khối", body=standing, **now)


def _organs(register: _Register, bodies: dict[str, Body], staff: list[PartyMember]) -> dict[str, User]:
    """The commission, the organs, the mass organisations, and the accounts people sign in with."""
    left = iter(staff)
    for place in range(7):
        member = next(left)
        register.hold(member, "inspector", "Ủy viên Ủy ban Kiểm tra Đảng ủy Khối", body=bodies["commission"])
        register.account(member, f"uy-ban-{place + 1}")
    for key, label in [
        ("organization", "Tổ chức"),
        ("propaganda", "Tuyên giáo"),
        ("mobilization", "Dân vận"),
    ]:
        head, expert = next(left), next(left)
        register.hold(head, "head", f"Trưởng Ban {label} Đảng ủy Khối", body=bodies[key])
        register.hold(expert, "expert", f"Chuyên viên Ban {label} Đảng ủy Khối", body=bodies[key])
        register.account(head, f"truong-ban-{key}")
        register.account(expert, f"chuyen-vien-{key}")
    for key in ("union", "youth", "veterans"):
        member = next(left)
        register.hold(member, "mass", f"Lãnh đạo {bodies[key].name}", body=bodies[key])
        register.account(member, f"doan-the-{key}")
    chief, clerk = next(left), next(left)
    register.hold(chief, "chief", "Chánh Văn phòng Đảng ủy Khối", body=bodies["office"])
    register.hold(clerk, "expert", "Chuyên viên Văn phòng Đảng ủy Khối", body=bodies["office"])
    named = {"vanphong": chief, "thuky": clerk}
    for username in ("quantri", "bientap", "duyettin", "tochuc", "kiemtra", "canbo"):
        named[username] = next(left)
    return {username: register.account(member, username) for username, member in named.items()}


def _grants(named: dict[str, User], root: PartyOrganization) -> None:
    roles: Iterable[tuple[str, Role, PartyOrganization | None]] = [
        ("quantri", Role.ADMINISTRATOR, None),
        ("vanphong", Role.OFFICE, None),
        ("thuky", Role.OFFICE, None),
        ("bientap", Role.EDITOR, None),
        ("duyettin", Role.EDITOR, None),
        ("tochuc", Role.SECRETARY, root),
        ("kiemtra", Role.INSPECTION, root),
    ]
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=named[username],
            role=role,
            organization=organization,
            reason="Dữ liệu mẫu",
            valid_from=SIXTH_TERM,
        )
        for username, role, organization in roles
    )


#: Who is printed at the end, in the order a newcomer tries them.
WHO = {
    "vanphong": "Văn phòng: chuẩn bị hội nghị, gửi giấy mời, điểm danh",
    "thuky": "Thư ký: ghi biên bản",
    "chutri": "Bí thư Đảng ủy Khối: chủ trì, duyệt biên bản",
    "bithu": "Bí thư một đảng bộ cơ sở: trả lời, báo cáo nhiệm vụ, xem người của mình",
    "canbo": "Cán bộ, đảng viên: đọc tin, lịch",
    "bientap": "Biên tập: viết tin",
    "duyettin": "Biên tập: duyệt tin",
    "tochuc": "Ban Tổ chức: toàn bộ đảng viên, thống kê",
    "kiemtra": "Ủy ban Kiểm tra: các cuộc kiểm tra",
    "quantri": "Quản trị hệ thống: tài khoản, vai trò, nhật ký",
}


def accounts() -> list[tuple[str, str, str]]:
    """(name, whose, what for) of the sample accounts that are there."""
    found = dict(User.objects.filter(username__in=WHO).values_list("username", "full_name"))
    return [(username, found[username], what) for username, what in WHO.items() if username in found]
