"""Documents that bear a number, and the registers the numbers come from (domain §1.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.models.meetings import Meeting
from members.models import PartyOrganization, Term
from members.models.dated import DatedModel, DatedQuerySet
from members.roles import Role
from portal.vietnamese import fold
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User

_MARK = RegexValidator(r"^[A-ZĐ][A-Za-zĐ]{0,9}$", "Ký hiệu loại chỉ gồm chữ, ví dụ NQ, CTr, QĐ.")
_LETTERS = RegexValidator(r"^[A-ZĐ]{1,20}$", "Chữ viết tắt của cơ quan chỉ gồm chữ in hoa, ví dụ ĐUK.")


class Mark(models.TextChoices):
    """The marks of what a conference itself brings forth."""

    INVITATION = "GM", "Giấy mời"
    MINUTES = "BB", "Biên bản"
    NOTICE = "TB", "Thông báo"


class SigningAuthority(models.TextChoices):
    ON_BEHALF = "T/M", "T/M (thay mặt)"
    FOR = "K/T", "K/T (ký thay)"
    BY_ORDER = "T/L", "T/L (thừa lệnh)"


class DocumentKind(DatedModel):
    """A type of document and its mark. Two types may share one: quyết định and quy định are both QĐ."""

    name = NFCCharField("loại văn bản", max_length=80)
    mark = NFCCharField("ký hiệu", max_length=10, validators=[_MARK])
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    basis = NFCCharField("căn cứ", max_length=200, blank=True)

    objects: ClassVar[DatedQuerySet[DocumentKind]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "loại văn bản"
        verbose_name_plural = "loại văn bản"
        ordering = ["position", "name"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                name="document_kind_once",
                violation_error_message="Loại văn bản này đã có từ ngày đó.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentRegisterQuerySet(models.QuerySet["DocumentRegister"]):
    def visible_to(self, user: User) -> Self:
        """The office keeps all registers; a secretary those of the organisations he manages."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self
        heads = user.organizations_as(Role.SECRETARY)
        return self.filter(organization__in=PartyOrganization.objects.under(heads))


class DocumentRegister(models.Model):
    """One sequence from 01: of one issuing body, one mark, one term (36-HD/VPTW 1.3.1). Its row is the
    lock under which numbers are given out."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="+"
    )
    letters = NFCCharField("cơ quan ban hành", max_length=20, validators=[_LETTERS])
    mark = NFCCharField("ký hiệu loại", max_length=10, validators=[_MARK])
    term = models.ForeignKey(
        Term, verbose_name="nhiệm kỳ", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[DocumentRegisterQuerySet] = DocumentRegisterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "sổ văn bản"
        verbose_name_plural = "sổ văn bản"
        ordering = ["organization", "letters", "mark", "-term"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "letters", "mark", "term"],
                name="document_register_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"Sổ {self.mark}/{self.letters}{f', {self.term}' if self.term else ''}"


class PartyDocumentQuerySet(models.QuerySet["PartyDocument"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(register__in=DocumentRegister.objects.visible_to(user))

    def valid(self) -> Self:
        return self.filter(voided_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-issued_on", "-pk")

    def earlier_than(self, document: PartyDocument) -> Self:
        """What stands after this one in `newest_first`."""
        same_day = Q(issued_on=document.issued_on, pk__lt=document.pk)
        return self.filter(Q(issued_on__lt=document.issued_on) | same_day)


class PartyDocument(models.Model):
    """A number of a register and what was issued under it; it is never deleted, at most made void.

    `is_external` keeps a number for a document the portal must not hold ("lưu ngoài hệ thống"): it
    says nothing of its content. `meeting_version` is the version of the conference it speaks of.
    """

    register = models.ForeignKey(
        DocumentRegister, verbose_name="sổ", on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.ForeignKey(
        DocumentKind, verbose_name="loại", on_delete=models.PROTECT, related_name="documents"
    )
    number = models.PositiveIntegerField("số")
    symbol = NFCCharField("số, ký hiệu", max_length=60)
    abstract = NFCCharField("trích yếu", max_length=400, blank=True)
    issued_on = models.DateField("ngày ban hành")
    signing_authority = models.CharField(
        "thẩm quyền ký", max_length=3, choices=SigningAuthority.choices, blank=True
    )
    signed_for = NFCCharField("ký thay mặt, thừa lệnh", max_length=120, blank=True)
    signer_title = NFCCharField("chức vụ người ký", max_length=120, blank=True)
    signer_name = NFCCharField("người ký", max_length=120, blank=True)
    recipients = NFCTextField("nơi nhận", max_length=1000, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        verbose_name="hội nghị",
        on_delete=models.PROTECT,
        related_name="documents",
        null=True,
        blank=True,
    )
    meeting_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    number_reason = NFCCharField("lý do đặt số khác", max_length=200, blank=True)
    is_external = models.BooleanField("lưu ngoài hệ thống", default=False)
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True, editable=False)
    void_reason = NFCCharField("lý do hủy số", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người vào sổ",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    entered_at = models.DateTimeField("vào sổ lúc", default=timezone.now, editable=False)
    search_text = models.CharField(max_length=500, editable=False, default="")

    objects: ClassVar[PartyDocumentQuerySet] = PartyDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "number"],
                name="document_number_once",
                violation_error_message="Số này đã dùng trong sổ.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "meeting_version", "kind"],
                condition=Q(voided_at__isnull=True, meeting__isnull=False),
                name="document_of_meeting_once",
                violation_error_message="Hội nghị đã có số cho loại văn bản này.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="document_numbers_from_one",
                violation_error_message="Số bắt đầu từ 01.",
            ),
            models.CheckConstraint(
                condition=Q(is_external=True, abstract="") | (Q(is_external=False) & ~Q(abstract="")),
                name="external_document_has_no_content",
                violation_error_message="Văn bản phải có trích yếu; lưu ngoài hệ thống thì không ghi.",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="void_number_has_reason",
                violation_error_message="Hủy số phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True, meeting_version__isnull=True)
                | Q(meeting__isnull=False, meeting_version__isnull=False),
                name="document_of_meeting_has_version",
            ),
        ]
        indexes = [models.Index(F("issued_on").desc(), F("id").desc(), name="document_by_day")]
        triggers = [
            pgtrigger.Protect(name="number_once_given_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="number_once_given_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__register__df=pgtrigger.F("new__register"))
                | pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                | pgtrigger.Q(old__symbol__df=pgtrigger.F("new__symbol")),
            ),
        ]

    def __str__(self) -> str:
        return f"Số {self.symbol}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.symbol} {self.abstract}")
        super().save(*args, **kwargs)

    def get_void_refusal(self) -> str | None:
        """Why the number can't be made void; None while it can."""
        if self.voided_at:
            return "Số này đã hủy rồi."
        if self.meeting_id and self.kind.mark == Mark.MINUTES:
            return "Biên bản đã duyệt giữ nguyên số, không hủy được."
        return None
