"""The tree of Party organisations, with dated names and parents (domain §3)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from members.models.dated import DatedModel, DatedQuerySet, holds_on, one_at_a_time
from members.models.history import with_history
from members.roles import Role
from portal.vietnamese import fold
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class OrgLevel(models.TextChoices):
    SUPERIOR = "superior", "Đảng bộ cấp trên trực tiếp cơ sở"
    GRASSROOTS_COMMITTEE = "grassroots_committee", "Đảng bộ cơ sở"
    GRASSROOTS_CELL = "grassroots_cell", "Chi bộ cơ sở"
    SECTION = "section", "Đảng bộ bộ phận"
    CELL = "cell", "Chi bộ trực thuộc"
    GROUP = "group", "Tổ đảng"


GRASSROOTS = (OrgLevel.GRASSROOTS_COMMITTEE, OrgLevel.GRASSROOTS_CELL)
#: Those led by a committee (đảng ủy), which signs for them; a cell signs itself.
LED_BY_COMMITTEE = (OrgLevel.SUPERIOR, OrgLevel.GRASSROOTS_COMMITTEE, OrgLevel.SECTION)


class PartyOrganizationQuerySet(models.QuerySet["PartyOrganization"]):
    def visible_to(self, user: User) -> Self:
        """Names and places of organisations are no secret inside the house; their people are."""
        return self if user.is_active else self.none()

    def on(self, date: datetime.date) -> Self:
        return self.filter(holds_on(date))

    def grassroots(self) -> Self:
        return self.filter(level__in=GRASSROOTS)

    def under(self, heads: Iterable[int]) -> Self:
        """These organisations and all below them."""
        return self.filter(path__overlap=list(heads))

    def managed_by(self, user: User) -> Self:
        """Those this person manages as a secretary, with all below them."""
        return self.under(user.organizations_as(Role.SECRETARY))

    def in_tree_order(self) -> Self:
        """Each organisation right after its superior, siblings by their position."""
        return self.order_by("tree_order", "pk")


@with_history(leaving_out=["path", "tree_order", "search_text"])
class PartyOrganization(models.Model):
    """An organisation. `name`, `code`, `level` and `parent` are today's; `OrganizationName`,
    `OrganizationLevel` and `OrganizationParent` keep what they were. It is never deleted: it ends.

    `path` holds the ids from the root down to the organisation itself, so that "this and all
    below" and "this and all above" are conditions on one column (docs/decisions/0006).
    """

    parent = models.ForeignKey(
        "self",
        verbose_name="trực thuộc",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    name = NFCCharField("tên", max_length=200)
    short_name = NFCCharField("tên gọn", max_length=80, blank=True)
    code = NFCCharField("mã", max_length=20, unique=True)
    level = models.CharField("cấp", max_length=24, choices=OrgLevel.choices)
    email = models.EmailField("thư điện tử", blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)
    path = ArrayField(models.BigIntegerField(), editable=False, default=list)
    tree_order = ArrayField(models.BigIntegerField(), editable=False, default=list)
    search_text = models.CharField(max_length=300, editable=False, default="")
    valid_from = models.DateField("thành lập từ ngày")
    valid_to = models.DateField("kết thúc hết ngày", null=True, blank=True)

    objects: ClassVar[PartyOrganizationQuerySet] = PartyOrganizationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organization_ends_after_start",
                violation_error_message="Ngày kết thúc sớm hơn ngày bắt đầu.",
            ),
        ]
        indexes = [GinIndex("path", name="organization_path")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.name} {self.short_name} {self.code}")
        super().save(*args, **kwargs)
        self._place()

    def _place(self) -> None:
        """Write `path` and `tree_order`; below it too when the organisation has moved."""
        above = self.parent
        path = [*(above.path if above else []), self.pk]
        tree_order = [*(above.tree_order if above else []), self.position, self.pk]
        if (path, tree_order) == (self.path, self.tree_order):
            return
        self.path, self.tree_order = path, tree_order
        PartyOrganization.objects.filter(pk=self.pk).update(path=path, tree_order=tree_order)
        for child in self.children.all():
            child.parent = self
            child._place()

    def clean(self) -> None:
        if self.pk and self.parent and self.pk in self.parent.path:
            raise ValidationError(
                {"parent": "Một tổ chức không thể trực thuộc chính nó hoặc cấp dưới của nó."}
            )

    @property
    def is_grassroots(self) -> bool:
        return self.level in GRASSROOTS

    @property
    def has_committee(self) -> bool:
        return self.level in LED_BY_COMMITTEE

    def had_committee(self, day: datetime.date) -> bool:
        """Whether it was led by one on the day, whatever it has been raised or lowered to since."""
        level = self.levels.on(day).values_list("level", flat=True).first()
        return (level or self.level) in LED_BY_COMMITTEE

    def signs_as(self, name: str, day: datetime.date) -> str:
        """Under this name of the day: a committee as "Đảng ủy …", a cell as the cell (domain §1.4)."""
        return re.sub(r"^Đảng bộ\b", "Đảng ủy", name) if self.had_committee(day) else name


@with_history(of="organization")
class OrganizationName(DatedModel):
    """A name an organisation bore from a day to a day: old papers keep the old name."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="names")
    name = NFCCharField("tên", max_length=200)
    code = NFCCharField("mã", max_length=20)
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    objects: ClassVar[DatedQuerySet[OrganizationName]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "tên theo thời gian"
        verbose_name_plural = "tên theo thời gian"
        ordering = ["organization", "valid_from"]

    def __str__(self) -> str:
        return self.name


@with_history(of="organization")
class OrganizationParent(DatedModel):
    """The superior an organisation had from a day to a day."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(
        PartyOrganization, verbose_name="cấp trên", on_delete=models.PROTECT, related_name="+"
    )
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    objects: ClassVar[DatedQuerySet[OrganizationParent]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "cấp trên theo thời gian"
        verbose_name_plural = "cấp trên theo thời gian"
        ordering = ["organization", "valid_from"]

    def __str__(self) -> str:
        return f"{self.organization} – {self.parent}"


@with_history(of="organization")
class OrganizationLevel(DatedModel):
    """The level an organisation was of from a day to a day: a cell that became a committee."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="levels")
    level = models.CharField("cấp", max_length=24, choices=OrgLevel.choices)
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    objects: ClassVar[DatedQuerySet[OrganizationLevel]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "cấp theo thời gian"
        verbose_name_plural = "cấp theo thời gian"
        ordering = ["organization", "valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            one_at_a_time(
                "organization_level_once",
                "organization",
                sentence="Tổ chức đã có cấp trong những ngày này.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_level_display()


class OwningCommittee(models.Model):
    """The committee whose portal this is, by the day it took this form.

    Names, letters, place and parent are data: the body itself was reorganised in 2025.
    """

    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="+", verbose_name="đảng bộ"
    )
    name = NFCCharField("tên cấp ủy", max_length=200, help_text="Ví dụ: Đảng ủy Khối các cơ quan thành phố")
    organization_name = NFCCharField("tên gọn của đảng bộ", max_length=200, help_text="Ví dụ: Đảng bộ Khối")
    parent_name = NFCCharField("đảng bộ cấp trên", max_length=200)
    letters = NFCCharField("chữ viết tắt trong ký hiệu văn bản", max_length=20)
    place = NFCCharField("địa danh", max_length=80)
    office_phone = NFCCharField("điện thoại Văn phòng", max_length=40, blank=True)
    effective_from = models.DateField("áp dụng từ ngày", unique=True)
    basis = NFCCharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "cấp ủy chủ quản"
        verbose_name_plural = "cấp ủy chủ quản"
        ordering = ["-effective_from"]

    def __str__(self) -> str:
        return self.name
