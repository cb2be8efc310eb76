"""Which notice goes to whom: the one place from which a conference posts to the outbox."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from meetings.expansion import address_of
from meetings.models import Meeting, Participant
from members.models import PartyMember, User
from members.owning_committee import owning_committee
from portal import outbox
from portal.models import Notice

CONVENED = "meetings.convened"
CHANGED = "meetings.changed"
POSTPONED = "meetings.postponed"
CANCELLED = "meetings.cancelled"
REMOVED = "meetings.removed"
REMINDER = "meetings.reminder"
NEWS = "meetings.news"

_TITLES = {
    CONVENED: "Giấy mời",
    CHANGED: "Đổi thời gian, địa điểm",
    POSTPONED: "Hoãn",
    CANCELLED: "Hủy",
    REMOVED: "Rút tên khỏi danh sách dự",
    REMINDER: "Nhắc trả lời",
    NEWS: "Tài liệu, chương trình mới",
}
#: Why a letter not yet sent stays behind, as the board says it.
_REPLACES = {
    CHANGED: "Hội nghị đã đổi thời gian, địa điểm.",
    POSTPONED: "Hội nghị đã hoãn.",
    CANCELLED: "Hội nghị đã hủy.",
}


def post(
    kind: str,
    meeting: Meeting,
    *,
    by: User | None,
    to: QuerySet[Participant] | None = None,
    key: str = "summons",
    reason: str = "",
    hold: datetime.timedelta = datetime.timedelta(0),
    more: dict[str, Any] | None = None,
) -> Notice:
    """Write the notice and its deliveries; `to` is everybody taking part unless named.

    Summons, change, postponement and cancellation share one key: each replaces the one before,
    so a letter that has not left yet is never sent after the news that overtook it.
    """
    people = meeting.participants.taking_part() if to is None else to
    return outbox.post(
        kind=kind,
        about=meeting,
        recipients=[recipient(person) for person in people.select_related("member__user")],
        key=f"meeting:{meeting.pk}:{key}",
        version=meeting.version,
        title=f"{_TITLES[kind]}: {meeting.title}",
        url=meeting.get_absolute_url(),
        by=by,
        hold=hold,
        context=facts(meeting, reason=reason) | (more or {}),
        deadline=_deadline(kind, meeting),
        replaces=_REPLACES.get(kind, "Hội nghị đã có thông báo mới hơn."),
    )


def withdraw(person: Participant, *, reason: str) -> None:
    """Stop what has not left yet to somebody who takes part no more."""
    for key in ("summons", f"participant:{person.pk}:added"):
        outbox.withdraw(
            key=f"meeting:{person.meeting_id}:{key}",
            reason=reason,
            recipient_keys=[f"participant:{person.pk}"],
        )


def held_summons(meeting: Meeting, now: datetime.datetime) -> Notice | None:
    """The summons while it waits and nobody has been told anything yet."""
    notice = Notice.objects.about(meeting).live().filter(kind=CONVENED).newest_first().first()
    return notice if notice and notice.is_held(now) else None


def held_change(meeting: Meeting, now: datetime.datetime) -> Notice | None:
    """The change of time or place that waits and nobody has heard of yet."""
    newest = Notice.objects.about(meeting).live().filter(kind=CHANGED).newest_first().first()
    return newest if newest and newest.is_held(now) and newest.superseded_at is None else None


def last_told(meeting: Meeting, now: datetime.datetime) -> Notice | None:
    """What people have been told last of time and place; nothing when it was called on paper.

    A change still within its hold is unknown to everybody, and so is what a later one replaced then.
    """
    told = Notice.objects.about(meeting).live().filter(kind__in=[CONVENED, CHANGED], key__endswith=":summons")
    seen = told.filter(hold_until__lte=now).filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("hold_until"))
    )
    return seen.newest_first().first()


def get_hold_refusal(meeting: Meeting) -> str | None:
    """No news may overtake a summons nobody has got: send it or take it back first."""
    if meeting.convened_at and held_summons(meeting, timezone.now()):
        return "Giấy mời đang chờ gửi. Rút lại giấy mời để sửa, hoặc chờ gửi xong."
    return None


def facts(meeting: Meeting, *, reason: str = "") -> dict[str, Any]:
    """What the letter says, frozen: a repeat is the same letter, whatever is corrected meanwhile.

    Only what every participant may know: no internal item, none for committee members alone.
    """
    items = meeting.agenda.filter(is_internal=False, is_committee_only=False)
    owner = owning_committee()
    return {
        "owner": owner.name,
        "owner_parent": owner.parent_name,
        "phone": owner.office_phone,
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "answer_by": meeting.answer_by.isoformat() if meeting.answer_by else "",
        "venue": meeting.venue,
        "convener": meeting.convener.name if meeting.convener else meeting.body.name,
        "chair": meeting.chair.full_name if meeting.chair else "",
        "chair_title": meeting.chair_title,
        "agenda": [item.title for item in items],
        "classes": [[row.get_summon_display(), row.label] for row in meeting.classes.all()],
        "requirements": meeting.requirements,
        "change_note": meeting.change_note,
        "reason": reason or meeting.state_reason,
        "version": meeting.version,
    }


def recipient(person: Participant) -> outbox.Recipient:
    return outbox.Recipient(
        user=account_of(person.member),
        name=person.full_name,
        address=person.address,
        key=f"participant:{person.pk}",
    )


def _deadline(kind: str, meeting: Meeting) -> datetime.datetime | None:
    """An invitation has no point half an hour before the start; news of a stop always has one."""
    if kind not in (CONVENED, CHANGED, REMINDER, NEWS):
        return None
    early = meeting.starts_at - datetime.timedelta(minutes=30)
    return early if early > timezone.now() else meeting.starts_at


def to_member(member: PartyMember) -> outbox.Recipient:
    """Somebody of the register who is told though he stands on no list."""
    account = account_of(member)
    address = address_of(member, account.email if account else "")
    return outbox.Recipient(user=account, name=member.full_name, address=address, key=f"member:{member.pk}")


def account_of(member: PartyMember | None) -> User | None:
    """The account that sees the notice in the portal; a locked one sees nothing."""
    user: User | None = getattr(member, "user", None)
    return user if user and user.is_active else None
