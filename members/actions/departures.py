"""What ends when somebody leaves the Party, and how it begins again when that was a mistake."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from members.actions.addressees import administrators
from members.actions.positions import end_holding
from members.models import (
    Departure,
    DisciplinaryAction,
    DisciplineLevel,
    ExitReason,
    HoldingEnded,
    PartyMember,
    PositionHolding,
    User,
)
from members.places import Places
from portal import audit, outbox
from portal.dates import day

A_DAY = datetime.timedelta(days=1)
ACCOUNT_OPEN = "members.account_open"


def end_membership(departure: Departure, *, by: User) -> None:
    """Within the transaction that writes the row: the membership and every office end the day before."""
    member = PartyMember.objects.select_for_update().get(pk=departure.member_id)
    _check(member, departure)
    eve = departure.left_on - A_DAY
    open_ended = Q(valid_to__isnull=True) | Q(valid_to__gt=eve)
    memberships = list(member.memberships.filter(open_ended))
    holdings = list(member.holdings.filter(open_ended))
    departure.ended = {
        "memberships": [[row.pk, _text(row.valid_to)] for row in memberships],
        "holdings": [
            [row.pk, _text(row.valid_to), row.ended_by, row.end_decision_number] for row in holdings
        ],
    }
    for row in memberships:
        row.valid_to = eve
        row.save(update_fields=["valid_to"])
    is_dead = departure.reason == ExitReason.DECEASED
    for holding in holdings:
        if holding.valid_from > eve:
            raise ValidationError(
                f"{holding.title} bắt đầu từ {day(holding.valid_from)}: sửa chức vụ ấy trước."
            )
        # An end already written for a later day does not outlive the person.
        holding.ended_by = ""
        holding.save(update_fields=["ended_by", "is_single_seat"])
        end_holding(
            holding,
            by=by,
            on=eve,
            reason=HoldingEnded.DECEASED if is_dead else HoldingEnded.DISMISSED,
            decision_number=departure.decision_number,
        )
    member.exit_reason, member.exited_on = departure.reason, departure.left_on
    member.save(update_fields=["exit_reason", "exited_on"])


def take_back(departure: Departure, *, by: User) -> None:
    """Within the transaction that takes the row out: all is as it was, unless something came since."""
    member = PartyMember.objects.select_for_update().get(pk=departure.member_id)
    if (member.exit_reason, member.exited_on) != (departure.reason, departure.left_on):
        raise ValidationError("Hồ sơ đã đổi từ khi ghi ra khỏi Đảng, không bỏ dòng này được.")
    for pk, until in departure.ended.get("memberships", []):
        row = member.memberships.get(pk=pk)
        row.valid_to = datetime.date.fromisoformat(until) if until else None
        row.validate_constraints()
        row.save(update_fields=["valid_to"])
    for pk, until, ended_by, number in departure.ended.get("holdings", []):
        _resume(member.holdings.get(pk=pk), until, ended_by, number, by=by)
    member.exit_reason, member.exited_on = "", None
    member.save(update_fields=["exit_reason", "exited_on"])


def tell_administrators(departure: Departure, *, by: User) -> None:
    """Accounts are locked by administrators alone (P83): they hear whose is still open."""
    account = User.objects.active().filter(member=departure.member_id).first()
    people = administrators()
    if account and people:
        outbox.post(
            kind=ACCOUNT_OPEN,
            about=departure,
            recipients=people,
            key=f"{ACCOUNT_OPEN}:{departure.pk}",
            title=f"Tài khoản {account.username} còn mở, đã ra khỏi Đảng từ {day(departure.left_on)}",
            url="/quan-tri/",
            by=by,
            context={"account": account.pk},
        )


def require_after_arrival(member: PartyMember, **named: datetime.date) -> None:
    """The day on which a member moves on or leaves, under the name of its field."""
    ((field, date),) = named.items()
    latest = member.memberships.order_by("-valid_from").first()
    if latest and date <= latest.valid_from:
        raise ValidationError({field: f"Phải sau ngày về nơi đang sinh hoạt ({day(latest.valid_from)})."})


def _text(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _resume(holding: PositionHolding, until: str | None, ended_by: str, number: str, *, by: User) -> None:
    holding.valid_to = datetime.date.fromisoformat(until) if until else None
    holding.ended_by, holding.end_decision_number = ended_by, number
    try:
        holding.full_clean()
    except ValidationError as error:
        raise ValidationError(f"{holding.title}: {' '.join(error.messages)}") from error
    holding.save(update_fields=["valid_to", "ended_by", "end_decision_number", "is_single_seat"])
    audit.record(
        "members.resume_holding", about=holding, by=by, summary="Giữ chức vụ lại: ghi ra khỏi Đảng nhầm"
    )


def _check(member: PartyMember, departure: Departure) -> None:
    if sentence := member.gone_sentence:
        raise ValidationError(sentence)
    if departure.left_on > timezone.localdate():
        raise ValidationError({"left_on": "Ngày này chưa đến."})
    require_after_arrival(member, left_on=departure.left_on)
    left_on = departure.left_on
    deciders = Places(left_on, left_on).above(member.organization)
    if departure.decided_by_id and departure.decided_by_id not in deciders:
        sentence = f"Chọn chi bộ của đồng chí ấy hoặc cấp trên của chi bộ ngày {day(left_on)}."
        raise ValidationError({"decided_by": sentence})
    if departure.reason == ExitReason.EXPELLED:
        expelled = DisciplinaryAction.objects.filter(
            member=member, level=DisciplineLevel.EXPULSION, decided_on__lte=departure.left_on
        )
        if not expelled.exists():
            raise ValidationError(
                {"reason": "Ghi kỷ luật khai trừ vào hồ sơ trước, rồi mới ghi ra khỏi Đảng."}
            )
