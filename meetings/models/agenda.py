"""Agenda items and their papers, with who may see which."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models.audiences import AgendaAudience
from meetings.models.kinds import AttendeeRole, ItemKind
from meetings.models.meetings import Meeting
from meetings.models.participants import Participant
from members.models import PartyMember, PartyOrganization, PositionHolding
from members.roles import Role
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models import User


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> Self:
        """Items of visible meetings; committee items only for official delegates (P29)."""
        seen = self.filter(meeting__in=Meeting.objects.visible_to(user))
        if user.has_role(Role.OFFICE):
            return seen
        invited, for_official = _read_by(AgendaAudience.INVITED), _read_by(AgendaAudience.OFFICIAL)
        return seen.filter(leads(user) | invited | (for_official & Exists(official_seat(user))))

    def read_by(self, audience: AgendaAudience) -> Self:
        """The same by audience, for a page that found the conference through its own door and knows
        from `permissions.agenda_audience` who asks."""
        return self.filter(_read_by(audience))


def leads(user: User) -> Q:
    """Of the rows of a conference, those of the conferences this person chairs, minutes or manages."""
    mine = Q(meeting__in=Meeting.objects.minuted_by(user))
    if user.member_id:
        mine |= Q(meeting__chair=user.member_id)
    if heads := user.organizations_as(Role.SECRETARY):
        mine |= Q(meeting__organization__in=PartyOrganization.objects.under(heads))
    return mine


def official_seat(user: User) -> QuerySet[Participant]:
    """This person's seat as an official delegate of the conference of the row asked about."""
    return Participant.objects.filter(
        meeting=OuterRef("meeting"),
        member=user.member_id,
        role=AttendeeRole.OFFICIAL,
        removed_at__isnull=True,
    )


def _read_by(audience: AgendaAudience) -> Q:
    match audience:
        case AgendaAudience.PREPARING:
            return Q()
        case AgendaAudience.OFFICIAL:
            return Q(is_internal=False)
    return Q(is_internal=False, is_committee_only=False)


class AgendaItem(models.Model):
    meeting = models.ForeignKey(
        Meeting, verbose_name="hội nghị", on_delete=models.CASCADE, related_name="agenda"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("loại", max_length=12, choices=ItemKind.choices)
    title = NFCCharField("nội dung", max_length=300)
    presenter = models.ForeignKey(
        PartyMember,
        verbose_name="người trình bày",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    presenter_text = NFCCharField("trình bày (chức danh)", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("số phút", default=10)
    is_internal = models.BooleanField("chỉ ban tổ chức thấy", default=False)
    is_committee_only = models.BooleanField("chỉ đại biểu chính thức", default=False)
    is_handed_out = models.BooleanField(
        "tài liệu phát và thu tại hội nghị",
        default=False,
        help_text="Không có bản điện tử trên cổng (Luật Bảo vệ bí mật nhà nước 117/2025/QH15).",
    )

    objects: ClassVar[AgendaItemQuerySet] = AgendaItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "mục chương trình"
        verbose_name_plural = "chương trình nghị sự"
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Hai mục cùng một thứ tự.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def presented_by(self) -> str:
        """Who speaks: the comrade named, with the office he speaks for, or the office alone."""
        name = f"Đồng chí {self.presenter}" if self.presenter else ""
        return ", ".join(filter(None, [name, self.presenter_text]))


class Farewell(models.Model):
    """A comrade taken leave of under an agenda item, by the position that ended."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="farewells")
    holding = models.ForeignKey(
        PositionHolding, verbose_name="chức vụ thôi giữ", on_delete=models.PROTECT, related_name="farewells"
    )

    class Meta:
        verbose_name = "đồng chí chia tay"
        verbose_name_plural = "đồng chí chia tay"
        ordering = ["agenda_item", "pk"]
        constraints = [models.UniqueConstraint(fields=["agenda_item", "holding"], name="farewell_once")]

    def __str__(self) -> str:
        return str(self.holding)


def start_times(items: list[AgendaItem], start: datetime.datetime) -> list[datetime.datetime]:
    """When each item begins if all keep to their minutes."""
    times = []
    for item in items:
        times.append(start)
        start += datetime.timedelta(minutes=item.minutes)
    return times


def overrun_of(items: list[AgendaItem], meeting: Meeting) -> datetime.timedelta:
    """By how much the items together go beyond the planned end; nothing while they fit."""
    needed = datetime.timedelta(minutes=sum(item.minutes for item in items))
    return max(meeting.starts_at + needed - meeting.ends_at, datetime.timedelta())
