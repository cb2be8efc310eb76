"""What the sample members' records tell beyond the figures: background, praise, ratings, moves."""

from __future__ import annotations

import datetime
import random

from members.demo.fees import keep_registers
from members.models import (
    Award,
    DisciplinaryAction,
    DisciplineLevel,
    Exemption,
    FourGoodsAssessment,
    Interruption,
    OrganizationRating,
    PartyMember,
    PartyOrganization,
    PoliticalTheoryLevel,
    QualityRating,
    RatingLevel,
    ServiceGroup,
    Transfer,
    TransferKind,
)

PLACES = [
    "xã Tam Hưng, huyện Thủy Nguyên, thành phố Hải Phòng",
    "xã Đồng Minh, huyện Vĩnh Bảo, thành phố Hải Phòng",
    "xã Tây Hưng, huyện Tiên Lãng, thành phố Hải Phòng",
    "phường Cát Dài, quận Lê Chân, thành phố Hải Phòng",
    "xã Hồng Phong, huyện Ninh Giang, tỉnh Hải Dương",
    "xã Thụy Trình, huyện Thái Thụy, tỉnh Thái Bình",
]
STUDIES = ["Đại học Luật", "Đại học Kinh tế", "Đại học Hàng hải", "Thạc sĩ Quản lý công", "Cao đẳng Kế toán"]
WORK = ["Công chức", "Viên chức", "Chuyên viên", "Kế toán viên", "Giảng viên"]
BEFORE = ["Công chức tập sự", "Viên chức", "Sinh viên", "Công nhân"]


def fill_background(member: PartyMember, place: int) -> None:
    """Invented throughout: no citizen number begins with 0000, so none of these is anybody's."""
    chance = random.Random(place)
    member.citizen_number = f"0000{place + 1:08}"
    member.file_number = f"{place + 1:06}HP"
    member.native_place = chance.choice(PLACES)
    member.birth_place = member.native_place
    member.ethnicity, member.religion = "Kinh", "Không"
    member.occupation_before, member.occupation = chance.choice(BEFORE), chance.choice(WORK)
    member.general_education = "12/12"
    member.professional_education = chance.choice(STUDIES)
    member.political_theory = chance.choice(PoliticalTheoryLevel.values[:3])
    member.languages = chance.choice(["Anh B1", "Anh B2", ""])
    if chance.random() < 0.05:
        member.service_group, member.occupation = ServiceGroup.RETIRED, "Nghỉ hưu"


def tell(
    members: list[PartyMember], *, root: PartyOrganization, chance: random.Random, today: datetime.date
) -> None:
    """Rows of a story for every member of a handful of cells' worth: enough to open any of them."""
    _rate(members, chance, today)
    _rate_organizations(root, today)
    _praise(members[::7], chance, today)
    _excuse(members[5:200:20], today)
    _move(members[3:200:25], today)
    _interrupt(members[4:100:40])
    _discipline(members[2:100:60], root, today)
    keep_registers(members[:300], chance, today)


def _rate(members: list[PartyMember], chance: random.Random, today: datetime.date) -> None:
    levels = [RatingLevel.GOOD] * 6 + [RatingLevel.EXCELLENT, RatingLevel.COMPLETED]
    QualityRating.objects.bulk_create(
        [
            QualityRating(
                member=member,
                organization=member.organization,
                year=today.year - 1,
                level=chance.choice(levels),
                rated_on=datetime.date(today.year - 1, 12, 20),
            )
            for member in members
            if member.admitted_on and member.admitted_on.year < today.year
        ],
        batch_size=1000,
    )


def _rate_organizations(root: PartyOrganization, today: datetime.date) -> None:
    """The grassroots organisations of last year, every sixth excellent, every second "bốn tốt"."""
    year, rated_on = today.year - 1, datetime.date(today.year - 1, 12, 28)
    found = list(PartyOrganization.objects.filter(parent=root).grassroots().in_tree_order())
    OrganizationRating.objects.bulk_create(
        OrganizationRating(
            organization=organization,
            year=year,
            level=RatingLevel.GOOD if place % 6 else RatingLevel.EXCELLENT,
            points=84 if place % 6 else 93,
            rated_on=rated_on,
            decision_number=f"{place + 201}-QĐ/ĐUK",
        )
        for place, organization in enumerate(found)
    )
    FourGoodsAssessment.objects.bulk_create(
        FourGoodsAssessment(
            organization=organization,
            year=year,
            has_good_tasks=True,
            has_good_activity=place % 2 == 0,
            has_good_unity=True,
            has_good_people=True,
            assessed_on=rated_on,
        )
        for place, organization in enumerate(found)
    )


def _praise(members: list[PartyMember], chance: random.Random, today: datetime.date) -> None:
    Award.objects.bulk_create(
        Award(
            member=member,
            title="Giấy khen hoàn thành xuất sắc nhiệm vụ",
            given_by="Đảng ủy Khối",
            decided_on=datetime.date(today.year - 1, 2, 3),
            decision_number=f"{number + 1}-QĐ/ĐUK",
        )
        for number, member in enumerate(members)
        if member.admitted_on and member.admitted_on.year < today.year - 1
    )


def _excuse(members: list[PartyMember], today: datetime.date) -> None:
    Exemption.objects.bulk_create(
        Exemption(
            member=member, reason="Sức khỏe yếu, chi bộ đồng ý", valid_from=datetime.date(today.year, 1, 1)
        )
        for member in members
    )


def _move(members: list[PartyMember], today: datetime.date) -> None:
    """Temporary transfers: they change no membership, so the figures stay as they are."""
    Transfer.objects.bulk_create(
        Transfer(
            member=member,
            kind=TransferKind.TEMPORARY,
            from_organization=member.organization,
            place="Đảng bộ Học viện Chính trị khu vực I",
            moved_on=today - datetime.timedelta(days=60),
            until=today + datetime.timedelta(days=180),
            decision_number=f"{number + 1}-GGT",
        )
        for number, member in enumerate(members)
    )


def _interrupt(members: list[PartyMember]) -> None:
    Interruption.objects.bulk_create(
        Interruption(
            member=member,
            reason="Đứt liên lạc tổ chức khi đi lao động xa",
            valid_from=member.official_on + datetime.timedelta(days=200),
            valid_to=member.official_on + datetime.timedelta(days=564),
        )
        for member in members
        if member.official_on
    )


def _discipline(members: list[PartyMember], root: PartyOrganization, today: datetime.date) -> None:
    DisciplinaryAction.objects.bulk_create(
        DisciplinaryAction(
            member=member,
            level=DisciplineLevel.REPRIMAND,
            decided_by=root,
            decided_on=datetime.date(today.year - 1, 6, 10),
            decision_number=f"{number + 11}-QĐ/UBKT",
            matter="Thiếu trách nhiệm trong quản lý tài sản",
        )
        for number, member in enumerate(members)
    )
