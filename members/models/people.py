"""Party members: the minimum profile, and where they belong from when to when (domain §4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from members.models.dated import DatedModel, DatedQuerySet, one_at_a_time
from members.models.history import with_history
from members.models.organizations import PartyOrganization
from members.roles import Role
from portal.dates import day
from portal.vietnamese import fold, name_sort_key
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class Sex(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class MemberStatus(models.TextChoices):
    PROBATIONARY = "probationary", "Đảng viên dự bị"
    OFFICIAL = "official", "Đảng viên chính thức"


def official_on(day: datetime.date, prefix: str = "") -> Q:
    """The condition "an official member on the day", for a record or, with a prefix, across a relation. Of
    whom nobody knows since when has been one all the time."""
    unknown = Q(**{f"{prefix}official_on__isnull": True, f"{prefix}status": MemberStatus.OFFICIAL})
    return Q(**{f"{prefix}official_on__lte": day}) | unknown


class ExitReason(models.TextChoices):
    STRUCK_OFF = "struck_off", "xóa tên"
    EXPELLED = "expelled", "khai trừ"
    RESIGNED = "resigned", "xin ra khỏi Đảng"
    DECEASED = "deceased", "từ trần"
    MOVED_OUT = "moved_out", "chuyển khỏi đảng bộ"


class PoliticalTheoryLevel(models.TextChoices):
    """Trained by the Party's schools: elementary, intermediate, advanced, bachelor."""

    ELEMENTARY = "elementary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    ADVANCED = "advanced", "Cao cấp"
    BACHELOR = "bachelor", "Cử nhân"


class ServiceGroup(models.TextChoices):
    """Column 9 of mẫu 7-HSĐV: those the register marks apart."""

    SOLDIER = "soldier", "Bộ đội"
    POLICE = "police", "Công an"
    RETIRED = "retired", "Hưu trí"


card_number_form = RegexValidator(r"^\d{8,12}\Z", "Số thẻ đảng viên gồm 8 đến 12 chữ số.")
citizen_number_form = RegexValidator(r"^\d{12}\Z", "Số định danh cá nhân gồm 12 chữ số.")
#: Figures of a masked number that stay readable: enough to tell two apart, too few to use it.
SHOWN_FIGURES = 3


def masked(number: str) -> str:
    shown = number[-SHOWN_FIGURES:]
    return "•" * (len(number) - len(shown)) + shown


class PartyMemberQuerySet(models.QuerySet["PartyMember"]):
    def visible_to(self, user: User) -> Self:
        """Own record, and the records of the organisations one manages (permissions: P60–P62)."""
        if not user.is_active:
            return self.none()
        own = Q(pk=user.member_id)
        heads = user.organizations_as(Role.SECRETARY)
        if not heads:
            return self.filter(own)
        return self.filter(own | Q(organization__in=PartyOrganization.objects.under(heads)))

    def keys_for(self, user: User, among: Iterable[int | None]) -> set[int]:
        """Of these people, whose records this person may open: only their names become links."""
        seen = self.visible_to(user).filter(pk__in=[pk for pk in among if pk is not None])
        return set(seen.values_list("pk", flat=True))

    def with_card(self, number: str) -> Self:
        """Whose card it is: asked by whoever holds the card in hand, and so past the door above."""
        return self.filter(card_number=number)

    def current(self) -> Self:
        return self.filter(exit_reason="")

    def by_name(self) -> Self:
        """Given name first, in Vietnamese order (domain §8.4)."""
        return self.order_by("sort_key", "pk")


@with_history(leaving_out=["sort_key", "search_text"])
class PartyMember(models.Model):
    """A member of the Party: the facts the office needs, never the paper file (24-QĐ/TW 6.2.4)."""

    full_name = NFCCharField("họ và tên", max_length=120)
    # Blank is "not known": an old list or a public paper may give no more than name and office.
    sex = models.CharField("giới tính", max_length=6, choices=Sex.choices, blank=True)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    # Numbers are text: they begin with zeros. Earlier ones stand in `FormerNumber`.
    card_number = NFCCharField("số thẻ đảng viên", max_length=12, blank=True, validators=[card_number_form])
    citizen_number = NFCCharField(
        "số định danh cá nhân", max_length=12, blank=True, validators=[citizen_number_form]
    )
    file_number = NFCCharField("số lý lịch", max_length=12, blank=True)
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="nơi sinh hoạt", on_delete=models.PROTECT, related_name="members"
    )
    status = models.CharField("diện", max_length=12, choices=MemberStatus.choices)
    admission_decision_on = models.DateField("ngày quyết định kết nạp", null=True, blank=True)
    admitted_on = models.DateField("ngày vào Đảng", null=True, blank=True)
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    # Where Party age counts from when that is not the decision's day (12-HD/BTCTW 2022, Phụ lục 1).
    seniority_from = models.DateField("tính tuổi đảng từ", null=True, blank=True)
    seniority_basis = NFCCharField("căn cứ tính tuổi đảng", max_length=200, blank=True)
    birth_name = NFCCharField("họ và tên khai sinh", max_length=120, blank=True)
    aliases = NFCCharField("bí danh, tên khác", max_length=120, blank=True)
    birth_place = NFCCharField("nơi sinh", max_length=200, blank=True)
    native_place = NFCCharField("quê quán", max_length=200, blank=True)
    residence = NFCCharField("nơi cư trú", max_length=200, blank=True)
    ethnicity = NFCCharField("dân tộc", max_length=40, blank=True)
    religion = NFCCharField("tôn giáo", max_length=60, blank=True)
    occupation_before = NFCCharField("nghề nghiệp trước khi vào Đảng", max_length=120, blank=True)
    occupation = NFCCharField("nghề nghiệp hiện nay", max_length=120, blank=True)
    service_group = models.CharField(
        "bộ đội, công an, hưu trí", max_length=8, choices=ServiceGroup.choices, blank=True
    )
    general_education = NFCCharField("giáo dục phổ thông", max_length=60, blank=True)
    professional_education = NFCCharField("chuyên môn, nghiệp vụ", max_length=160, blank=True)
    political_theory = models.CharField(
        "lý luận chính trị", max_length=12, choices=PoliticalTheoryLevel.choices, blank=True
    )
    languages = NFCCharField("ngoại ngữ", max_length=120, blank=True)
    note = NFCCharField("ghi chú", max_length=300, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = NFCCharField("điện thoại", max_length=20, blank=True)
    exit_reason = models.CharField("ra khỏi đảng bộ", max_length=12, choices=ExitReason.choices, blank=True)
    exited_on = models.DateField("ngày ra", null=True, blank=True)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    search_text = models.CharField(max_length=200, editable=False, default="")

    objects: ClassVar[PartyMemberQuerySet] = PartyMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card_number"],
                condition=~Q(card_number=""),
                name="member_card_number_once",
                # Neutral on purpose: it must not say whose card it is (permissions, side channels).
                violation_error_message="Số thẻ đảng viên này không dùng được.",
            ),
            models.UniqueConstraint(
                fields=["citizen_number"],
                condition=~Q(citizen_number=""),
                name="member_citizen_number_once",
                violation_error_message="Số định danh cá nhân này không dùng được.",
            ),
            models.CheckConstraint(
                condition=Q(status=MemberStatus.PROBATIONARY, card_number="")
                | Q(status=MemberStatus.OFFICIAL),
                name="probationary_member_has_no_card",
                violation_error_message="Đảng viên dự bị chưa có thẻ đảng viên.",
            ),
            models.CheckConstraint(
                condition=Q(exit_reason="", exited_on__isnull=True)
                | (~Q(exit_reason="") & Q(exited_on__isnull=False)),
                name="member_exit_reason_and_date_together",
                violation_error_message="Lý do và ngày ra khỏi đảng bộ phải đi cùng nhau.",
            ),
        ]
        indexes = [
            models.Index("sort_key", "id", name="member_by_name"),
            models.Index("organization", "sort_key", "id", name="member_by_organization_name"),
            # The figures of a year ask who was recognised, and who left, between two days.
            models.Index("official_on", name="member_official_on"),
            models.Index("exited_on", name="member_exited_on", condition=Q(exited_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill the columns made from the name; bulk writers call it themselves."""
        self.sort_key = name_sort_key(self.full_name)
        self.search_text = fold(self.full_name)

    @property
    def masked_citizen_number(self) -> str:
        """•••••••••123: whole only on request, with a reason that is logged (permissions: P65)."""
        return masked(self.citizen_number)

    @property
    def gone_sentence(self) -> str:
        """Said on the record, and by whatever only a member still here can do; empty of one who is."""
        if self.exited_on is None:
            return ""
        return f"Đồng chí đã ra khỏi đảng bộ ngày {day(self.exited_on)}: {self.get_exit_reason_display()}."


class MembershipQuerySet(DatedQuerySet["Membership"]):
    def lasting(self, day: datetime.date) -> Self:
        """Those of the day whose members had not left the Party by its end. Few have: to take them out costs
        the database less than to look at every record."""
        gone = PartyMember.objects.filter(pk=OuterRef("member"), exited_on__lte=day)
        return self.on(day).filter(~Exists(gone))


@with_history(of="member")
class Membership(DatedModel):
    """A member belonged to an organisation from a day to a day: figures ask these rows."""

    member = models.ForeignKey(PartyMember, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="nơi sinh hoạt", on_delete=models.PROTECT, related_name="memberships"
    )
    reason = NFCCharField("lý do", max_length=200, blank=True)
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "quá trình sinh hoạt"
        verbose_name_plural = "quá trình sinh hoạt"
        ordering = ["member", "valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            one_at_a_time(
                "membership_one_at_a_time",
                "member",
                sentence="Trong những ngày này đồng chí đã sinh hoạt ở một tổ chức khác.",
            ),
        ]
        indexes = [models.Index(F("organization"), F("valid_from"), name="membership_org_from")]

    def __str__(self) -> str:
        return f"{self.member} – {self.organization}"
