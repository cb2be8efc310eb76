"""Votes under an agenda item, counted against their base on the day of the conference."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.actions.minutes.saving import lock_for_writing
from meetings.models import (
    AgendaItem,
    AttendanceStatus,
    Meeting,
    Minutes,
    Participant,
    Vote,
    VoteBase,
)
from meetings.roll import majority_of
from members.models import User
from portal import audit

_CAME = (AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.LEFT)


@transaction.atomic
def record_vote(
    minutes: Minutes,
    item: AgendaItem,
    *,
    subject: str,
    in_favour: int,
    against: int = 0,
    other: int = 0,
    base: str = VoteBase.INCUMBENT,
    is_secret: bool = False,
    reserved_opinion: str = "",
    by: User,
) -> Vote:
    """What a vote came to. Nobody votes who did not come: so many votes at most as delegates came."""
    minutes = lock_for_writing(minutes, item)
    present = count_base(minutes.meeting, VoteBase.PRESENT)
    if (cast := in_favour + against + other) > present:
        raise ValidationError(
            f"Tổng số phiếu là {cast}, nhiều hơn {present} đại biểu chính thức đã có mặt."
            " Kiểm tra số phiếu hoặc điểm danh."
        )
    vote = Vote(
        agenda_item=item,
        subject=subject,
        base=base,
        base_number=count_base(minutes.meeting, VoteBase(base)),
        in_favour=in_favour,
        against=against,
        other=other,
        is_secret=is_secret,
        reserved_opinion=reserved_opinion,
        recorded_by=by,
    )
    vote.full_clean()
    vote.save()
    audit.record(
        "meetings.vote_record",
        about=minutes,
        by=by,
        summary=f"Ghi biểu quyết ở mục {item.position}",
        changes={"in_favour": [None, in_favour], "against": [None, against], "other": [None, other]},
    )
    return vote


@transaction.atomic
def remove_vote(vote: Vote, *, by: User) -> None:
    minutes = lock_for_writing(vote.agenda_item.meeting.minutes, vote.agenda_item)
    audit.record(
        "meetings.vote_remove",
        about=minutes,
        by=by,
        summary=f"Bỏ biểu quyết ở mục {vote.agenda_item.position}",
        changes={"in_favour": [vote.in_favour, None]},
    )
    vote.delete()


def count_base(meeting: Meeting, base: VoteBase) -> int:
    """How many the votes are counted against, as of the day of the conference."""
    voting = Participant.objects.filter(meeting=meeting).voting()
    match base:
        case VoteBase.INCUMBENT:
            return majority_of(meeting).incumbents
        case VoteBase.PRESENT:
            return voting.filter(attendance__status__in=_CAME).count()
        case _:
            return voting.count()
