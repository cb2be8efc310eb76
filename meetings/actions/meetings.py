"""A conference is set up, corrected, moved to another time, postponed or cancelled."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import expansion
from meetings.actions import letters, stand_in_letters
from meetings.models import (
    AgendaItem,
    Answer,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    ParticipantClass,
    Task,
    WorkProgramItem,
)
from members.models import Body, BodyType, PartyMember, Term, User
from portal import audit, dates, outbox
from portal.models import DeliveryState, Notice
from portal.vietnamese import nfc

#: States in which the office may still change what is planned.
PLANNED = (MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.POSTPONED)
#: What may be corrected without telling everybody again.
CORRECTIONS = (
    "is_expanded",
    "title",
    "purpose",
    "requirements",
    "chair",
    "minute_taker",
    "convener",
    "program_item",
)

REVIEW = "Rà soát việc thực hiện kết luận các hội nghị trước"
BACK_ON = "Hội nghị họp lại theo lịch cũ"
UNCHANGED = "Giữ nguyên thời gian, địa điểm đã báo"


def get_edit_refusal(meeting: Meeting) -> str | None:
    """Why the plan of a conference can't be changed any more; None while it can."""
    if meeting.state in PLANNED:
        return None
    return f"Hội nghị ở trạng thái “{meeting.get_state_display()}” nên không sửa phần chuẩn bị được nữa."


def get_postpone_refusal(meeting: Meeting) -> str | None:
    if meeting.state == MeetingState.CONVENED:
        return None
    return "Chỉ hoãn được hội nghị đã triệu tập và chưa họp."


def get_cancel_refusal(meeting: Meeting) -> str | None:
    if meeting.state in PLANNED:
        return None
    return f"Hội nghị ở trạng thái “{meeting.get_state_display()}” nên không hủy được nữa."


@transaction.atomic
def create_meeting(
    *,
    kind: MeetingKind,
    body: Body,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    venue: str,
    by: User,
    title: str = "",
    is_expanded: bool = False,
    program_item: WorkProgramItem | None = None,
    chair: PartyMember | None = None,
    minute_taker: User | None = None,
    convener: Body | None = None,
    purpose: str = "",
    requirements: str = "",
    answer_by: datetime.datetime | None = None,
    ordinal: int | None = None,
    ordinal_reason: str = "",
) -> Meeting:
    """Set up a draft from its kind: number, title, chair, agenda skeleton and usual classes."""
    if kind.body_type != body.body_type:
        raise ValidationError({"kind": "Loại hội nghị này không phải của tập thể đã chọn."})
    # The row of the body is the lock under which its numbers are given out.
    Body.objects.select_for_update().get(pk=body.pk)
    day = timezone.localtime(starts_at).date()
    term = Term.objects.on(day).filter(organization=body.organization_id).first()
    chair = chair or expansion.head_of(body.organization, day)
    meeting = Meeting(
        kind=kind,
        body=body,
        organization=body.organization,
        term=term,
        ordinal=_ordinal(kind, body, term, asked=ordinal, reason=ordinal_reason),
        ordinal_reason=ordinal_reason,
        is_expanded=is_expanded,
        program_item=program_item,
        purpose=purpose or (program_item.content if program_item else ""),
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        answer_by=answer_by,
        requirements=requirements,
        convener=convener or _usual_convener(body, day),
        chair=chair,
        minute_taker=minute_taker,
        created_by=by,
    )
    meeting.chair_title = _chair_title(meeting)
    meeting.title = title or full_title(meeting)
    meeting.full_clean()
    meeting.save()
    _copy_skeleton(meeting)
    audit.record("meetings.create", about=meeting, by=by, summary="Lập hội nghị")
    return meeting


@transaction.atomic
def correct_meeting(meeting: Meeting, *, by: User, **corrections: Any) -> Meeting:
    """Correct names and words: the version stays, no answer is lost and nobody is told again."""
    meeting = lock(meeting)
    refuse(get_edit_refusal(meeting))
    if unknown := set(corrections) - set(CORRECTIONS):
        raise TypeError(f"not a correction: {', '.join(sorted(unknown))}")
    titled_by_portal = meeting.title == full_title(meeting)
    before = {name: str(getattr(meeting, name) or "") for name in corrections}
    for name, value in corrections.items():
        setattr(meeting, name, value)
    if titled_by_portal and corrections.get("title") in (None, before.get("title")):
        meeting.title = full_title(meeting)
    meeting.chair_title = _chair_title(meeting)
    meeting.full_clean()
    meeting.save()
    after = {name: str(getattr(meeting, name) or "") for name in corrections}
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    audit.record("meetings.correct", about=meeting, by=by, summary="Sửa hội nghị", changes=changed)
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    venue: str,
    by: User,
    answer_by: datetime.datetime | None = None,
) -> Meeting:
    """Give a conference another time or place.

    A draft just changes. Once people have been told, the version rises, every answer lapses, a
    postponed conference is on again, and each participant gets one notice. The notice waits a while:
    another change meanwhile takes its place, so that several in a row are told once, against what
    people really know.
    """
    meeting = lock(meeting)
    refuse(get_edit_refusal(meeting) or letters.get_hold_refusal(meeting))
    note = _change_note(meeting, starts_at=starts_at, venue=venue)
    material = bool(note) or meeting.state == MeetingState.POSTPONED
    meeting.starts_at, meeting.ends_at, meeting.venue = starts_at, ends_at, nfc(venue)
    meeting.answer_by = answer_by
    told = meeting.state != MeetingState.DRAFT
    is_taken_back = told and material and _take_back_change(meeting, by=by)
    if told and material and not is_taken_back:
        _refuse_the_past(starts_at)
        stand_in_letters.release_all(meeting, by=by)
        meeting.version += 1
        was_postponed = meeting.state == MeetingState.POSTPONED
        meeting.change_note = BACK_ON if was_postponed and not note else _note_against_told(meeting) or note
        meeting.state, meeting.state_reason = MeetingState.CONVENED, ""
    meeting.full_clean()
    meeting.save()
    audit.record(
        "meetings.move", about=meeting, by=by, summary="Đổi thời gian, địa điểm", changes={"note": note}
    )
    if told and material and not is_taken_back:
        letters.post(letters.CHANGED, meeting, by=by, hold=outbox.usual_hold())
    return meeting


@transaction.atomic
def postpone_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Put a convened conference off until further notice; everybody invited is told."""
    meeting = lock(meeting)
    refuse(get_postpone_refusal(meeting))
    return _stop(meeting, MeetingState.POSTPONED, reason=reason, by=by)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Call a conference off; whoever had been told of it is told so."""
    meeting = lock(meeting)
    refuse(get_cancel_refusal(meeting))
    return _stop(meeting, MeetingState.CANCELLED, reason=reason, by=by)


def full_title(meeting: Meeting) -> str:
    """ "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 20 (mở rộng)"."""
    title = f"{meeting.kind.noun} {meeting.body.name}"
    if meeting.ordinal:
        title += f" lần thứ {meeting.ordinal}"
    return f"{title} (mở rộng)" if meeting.is_expanded else title


def lock(meeting: Meeting) -> Meeting:
    """The conference as it stands now, held until the transaction ends."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("kind", "body", "organization", "chair")
        .get(pk=meeting.pk)
    )


def refuse(reason: str | None) -> None:
    if reason:
        raise ValidationError(reason)


def _stop(meeting: Meeting, state: MeetingState, *, reason: str, by: User) -> Meeting:
    if not nfc(reason):
        raise ValidationError({"reason": f"Ghi lý do {state.label.lower()} để người được mời biết."})
    refuse(letters.get_hold_refusal(meeting))
    stand_in_letters.release_all(meeting, by=by)
    meeting.state, meeting.state_reason = state, reason
    # The next version: letters of the old one not yet sent are dropped, calendars take the new one.
    meeting.version += 1
    meeting.save(update_fields=["state", "state_reason", "version"])
    audit.record(f"meetings.{state.value}", about=meeting, by=by, summary=f"{state.label} hội nghị")
    if meeting.convened_at:
        kind = letters.CANCELLED if state == MeetingState.CANCELLED else letters.POSTPONED
        letters.post(kind, meeting, by=by)
    return meeting


def _ordinal(
    kind: MeetingKind, body: Body, term: Term | None, *, asked: int | None, reason: str
) -> int | None:
    if not kind.is_numbered:
        return None
    if term is None:
        raise ValidationError("Chưa có nhiệm kỳ cho ngày này nên chưa đánh số lần thứ được.")
    last = Meeting.objects.filter(body=body, term=term).aggregate(last=Max("ordinal"))["last"] or 0
    if asked is None or asked == last + 1:
        return last + 1
    if not nfc(reason):
        raise ValidationError(
            {"ordinal_reason": f"Số tiếp theo là {last + 1}. Đặt số khác thì phải ghi lý do."}
        )
    return asked


def _usual_convener(body: Body, day: datetime.date) -> Body:
    """The Standing Committee calls the Executive Committee (Charter art. 20); others call themselves."""
    if body.body_type != BodyType.EXECUTIVE_COMMITTEE:
        return body
    standing = Body.objects.on(day).filter(
        organization=body.organization_id, body_type=BodyType.STANDING_COMMITTEE
    )
    return standing.first() or body


def _chair_title(meeting: Meeting) -> str:
    """As of the day of the conference, whatever the chair becomes later."""
    if meeting.chair is None:
        return ""
    return expansion.title_on(meeting.chair, meeting.organization, meeting.held_on)


def _copy_skeleton(meeting: Meeting) -> None:
    items = [
        AgendaItem(
            meeting=meeting,
            kind=item.item_kind,
            title=item.title,
            presenter_text=item.presenter_text,
            minutes=item.minutes,
        )
        for item in meeting.kind.skeleton.all()
    ]
    _add_review(meeting, items)
    for place, item in enumerate(items, start=1):
        item.position = place
    AgendaItem.objects.bulk_create(items)
    for rule in meeting.kind.default_classes.prefetch_related("positions"):
        added = ParticipantClass.objects.create(
            meeting=meeting,
            label=rule.label,
            order=rule.order,
            source=rule.source,
            body_type=rule.body_type,
            role=rule.role,
            summon=rule.summon,
        )
        added.positions.set(rule.positions.all())


def _add_review(meeting: Meeting, items: list[AgendaItem]) -> None:
    """What earlier conferences of the body handed out and is not done is looked at after the opening."""
    has_review = any(item.kind == ItemKind.REVIEW for item in items)
    if has_review or not Task.objects.reviewed_at(meeting).exists():
        return
    place = sum(item.kind == ItemKind.OPENING for item in items)
    review = AgendaItem(meeting=meeting, kind=ItemKind.REVIEW, title=REVIEW, minutes=10)
    items.insert(place, review)


def _change_note(meeting: Meeting, *, starts_at: datetime.datetime, venue: str) -> str:
    """What a reader must know of the change; empty when only the planned end or deadline moved."""
    return _say_change((meeting.starts_at, meeting.venue), (starts_at, nfc(venue)))


def _note_against_told(meeting: Meeting) -> str:
    """The change against what people know: they never heard of one that was replaced in time."""
    told = letters.last_told(meeting, timezone.now())
    if told is None:
        return ""
    return _say_change(_known_from(told), (meeting.starts_at, meeting.venue)) or UNCHANGED


def _take_back_change(meeting: Meeting, *, by: User) -> bool:
    """A change undone before anybody heard of it: its letters stop, the answers given count again.

    Only if nothing happened in between: nobody answered, and no letter of before was stopped.
    """
    now = timezone.now()
    held, told = letters.held_change(meeting, now), letters.last_told(meeting, now)
    if held is None or told is None or (meeting.version, held.version) != (held.version, told.version + 1):
        return False
    if _known_from(told) != (meeting.starts_at, meeting.venue):
        return False
    stopped = told.deliveries.filter(state=DeliveryState.CANCELLED).exists()
    answered = Answer.objects.filter(participant__meeting=meeting, meeting_version=meeting.version)
    if stopped or answered.exists() or not held.deliveries.filter(state=DeliveryState.QUEUED).exists():
        return False
    outbox.cancel(held, by=by, reason="Lịch đổi lại như cũ trước khi gửi.")
    meeting.version = told.version
    meeting.change_note = str(told.context["change_note"])
    return True


def _known_from(told: Notice) -> tuple[datetime.datetime, str]:
    return datetime.datetime.fromisoformat(told.context["starts_at"]), str(told.context["venue"])


def _say_change(before: tuple[datetime.datetime, str], after: tuple[datetime.datetime, str]) -> str:
    parts = []
    if after[0] != before[0]:
        parts.append(f"thời gian, trước là {dates.moment(before[0])}")
    if after[1] != before[1]:
        parts.append(f"địa điểm, trước là {before[1]}")
    return f"Đổi {'; '.join(parts)}"[:300] if parts else ""


def _refuse_the_past(starts_at: datetime.datetime) -> None:
    if starts_at <= timezone.now():
        raise ValidationError({"starts_at": "Thời gian mới đã qua. Chọn thời gian còn ở phía trước."})
