"""Who takes part: classes expanded from the dated positions, and single persons in and out."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import expansion
from meetings.actions import letters, stand_in_letters
from meetings.actions.meetings import get_edit_refusal, lock, refuse
from meetings.models import (
    AttendeeRole,
    ClassSource,
    Meeting,
    MeetingState,
    Participant,
    ParticipantClass,
    SummonKind,
)
from members.models import PartyMember, Position, User
from portal import audit, dates
from portal.vietnamese import nfc


@dataclass(frozen=True)
class Differences:
    """How the list differs from the positions of the day: proposed to a person, never done silently."""

    joined: list[expansion.Delegate]
    left: list[Participant]

    def __bool__(self) -> bool:
        return bool(self.joined or self.left)


def get_list_refusal(meeting: Meeting) -> str | None:
    """Why nobody can be put on or taken off the list; None while it can."""
    if meeting.state in (MeetingState.IN_SESSION, MeetingState.MINUTES):
        return "Hội nghị đã khai mạc, danh sách đã chốt. Người đến thêm ghi ở trang điểm danh."
    return get_edit_refusal(meeting) or letters.get_hold_refusal(meeting)


def get_replacement_refusal(participant: Participant) -> str | None:
    """Why nobody can come instead of this person; None while somebody can."""
    if participant.role == AttendeeRole.OFFICIAL:
        return "Đại biểu chính thức không cử người dự thay: phiếu là của riêng đồng chí đó."
    return None


@transaction.atomic
def add_class(
    meeting: Meeting,
    *,
    label: str,
    source: ClassSource,
    role: AttendeeRole,
    summon: SummonKind,
    by: User,
    body_type: str = "",
    positions: list[Position] | None = None,
) -> ParticipantClass:
    """One more class of participants, at the end; expanding it comes after."""
    meeting = lock(meeting)
    refuse(get_list_refusal(meeting))
    if source == ClassSource.BODY and not body_type:
        raise ValidationError({"body_type": "Chọn tập thể mà thành viên được triệu tập."})
    if source == ClassSource.POSITION and not positions:
        raise ValidationError({"positions": "Chọn ít nhất một chức vụ."})
    last = meeting.classes.aggregate(last=Max("order"))["last"] or 0
    added = ParticipantClass(
        meeting=meeting,
        label=label,
        order=last + 1,
        source=source,
        role=role,
        summon=summon,
        body_type=body_type,
    )
    added.full_clean()
    added.save()
    added.positions.set(positions or [])
    audit.record("meetings.add_class", about=meeting, by=by, summary=f"Thêm thành phần “{added.label}”")
    return added


@transaction.atomic
def remove_class(participant_class: ParticipantClass, *, by: User) -> None:
    """Take a class out of a draft, with the people found through it; nobody has been told yet."""
    meeting = lock(participant_class.meeting)
    if meeting.state != MeetingState.DRAFT:
        raise ValidationError("Hội nghị đã triệu tập: rút tên từng đồng chí, có lý do.")
    participant_class.participants.all().delete()
    label = participant_class.label
    participant_class.delete()
    audit.record("meetings.remove_class", about=meeting, by=by, summary=f"Bỏ thành phần “{label}”")


@transaction.atomic
def expand_classes(meeting: Meeting, *, by: User) -> int:
    """Write the list of a draft from its classes; answers how many take part now.

    Who was taken off by hand stays off; who no longer holds the position that brought him in
    goes; single persons and guests stay.
    """
    meeting = lock(meeting)
    if meeting.state != MeetingState.DRAFT:
        raise ValidationError("Danh sách đã chốt khi triệu tập. Thêm, rút từng đồng chí và ghi lý do.")
    found = {delegate.member.pk: delegate for delegate in expansion.expand(meeting)}
    listed = meeting.participants.taking_part()
    by_rule = listed.exclude(participant_class__source__in=expansion.BY_HAND)
    gone = by_rule.exclude(member__in=found)
    gone.delete()
    refresh(meeting, found)
    known = set(meeting.participants.filter(member__isnull=False).values_list("member", flat=True))
    new = [participant_from(meeting, person) for pk, person in found.items() if pk not in known]
    Participant.objects.bulk_create(new)
    count = listed.count()
    audit.record(
        "meetings.expand", about=meeting, by=by, summary="Lập danh sách dự", changes={"count": count}
    )
    return count


def differences(meeting: Meeting) -> Differences:
    """Who has come into a class since the list was written, and who has left it."""
    found = {delegate.member.pk: delegate for delegate in expansion.expand(meeting)}
    known = set(meeting.participants.filter(member__isnull=False).values_list("member", flat=True))
    by_rule = meeting.participants.taking_part().exclude(participant_class__source__in=expansion.BY_HAND)
    return Differences(
        joined=[delegate for pk, delegate in found.items() if pk not in known],
        left=list(by_rule.exclude(member__in=found).select_related("participant_class").in_protocol_order()),
    )


@transaction.atomic
def add_member(
    meeting: Meeting,
    *,
    member: PartyMember,
    by: User,
    participant_class: ParticipantClass | None = None,
    reason: str = "",
) -> Participant:
    """Put one comrade on the list; once the conference is convened he gets his own letter."""
    meeting = lock(meeting)
    refuse(get_list_refusal(meeting))
    _refuse_without_reason(meeting, reason)
    participant_class = participant_class or _class_by_name(meeting, ClassSource.PERSON)
    if not expansion.belongs_to(participant_class, member, meeting):
        raise ValidationError(
            f"Ngày {dates.day(meeting.held_on)} đồng chí này không giữ chức vụ thuộc thành phần "
            f"“{participant_class.label}”. Chọn thành phần ghi tên từng đồng chí."
        )
    delegate = expansion.describe(meeting, {member.pk: participant_class})[0]
    return _add(meeting, participant_from(meeting, delegate), reason=reason, by=by)


@transaction.atomic
def add_guest(
    meeting: Meeting,
    *,
    full_name: str,
    by: User,
    position_text: str = "",
    organization_text: str = "",
    address: str = "",
    reason: str = "",
) -> Participant:
    """Put a guest from outside on the list, by name; a guest never votes."""
    meeting = lock(meeting)
    refuse(get_list_refusal(meeting))
    _refuse_without_reason(meeting, reason)
    participant_class = _class_by_name(meeting, ClassSource.GUEST)
    guest = Participant(
        meeting=meeting,
        participant_class=participant_class,
        full_name=full_name,
        position_text=position_text,
        organization_text=organization_text,
        address=address,
        role=AttendeeRole.INVITED,
        summon=participant_class.summon,
    )
    return _add(meeting, guest, reason=reason, by=by)


@transaction.atomic
def remove_participant(participant: Participant, *, reason: str, by: User) -> Participant:
    """Take one person off the list; whoever had been invited is told and loses sight of it at once."""
    meeting = lock(participant.meeting)
    refuse(get_list_refusal(meeting))
    return _remove(meeting, participant, reason=reason, by=by)


@transaction.atomic
def replace_participant(
    participant: Participant, *, member: PartyMember, reason: str, by: User
) -> Participant:
    """Another comrade comes instead: invited units may send one; a committee member's seat is his own."""
    meeting = lock(participant.meeting)
    refuse(get_list_refusal(meeting))
    refuse(get_replacement_refusal(participant))
    _remove(meeting, participant, reason=reason, by=by)
    delegate = expansion.describe(meeting, {member.pk: participant.participant_class})[0]
    return _add(meeting, participant_from(meeting, delegate), reason=reason, by=by)


def refresh(meeting: Meeting, found: dict[int, expansion.Delegate] | None = None) -> None:
    """Write names, positions, addresses and votes anew, as of the day of the conference."""
    listed = {
        person.member_id: person
        for person in meeting.participants.taking_part().select_related("participant_class")
        if person.member_id
    }
    described = dict(found or {})
    others = {pk: person.participant_class for pk, person in listed.items() if pk not in described}
    described |= {delegate.member.pk: delegate for delegate in expansion.describe(meeting, others)}
    for pk, person in listed.items():
        _copy(described[pk], person)
    Participant.objects.bulk_update(
        listed.values(),
        [
            "participant_class",
            "full_name",
            "position_text",
            "organization_text",
            "address",
            "rank",
            "role",
            "summon",
            "has_vote",
            "sort_key",
            "search_text",
        ],
        batch_size=500,
    )


def participant_from(meeting: Meeting, delegate: expansion.Delegate) -> Participant:
    person = Participant(meeting=meeting, member=delegate.member)
    _copy(delegate, person)
    return person


def _class_by_name(meeting: Meeting, source: ClassSource) -> ParticipantClass:
    """The class for people put down one by one; made when the first of them comes."""
    found = meeting.classes.filter(source=source).first()
    if found:
        return found
    last = meeting.classes.aggregate(last=Max("order"))["last"] or 0
    return ParticipantClass.objects.create(
        meeting=meeting,
        label="Khách mời" if source == ClassSource.GUEST else "Đại biểu mời khác",
        order=last + 1,
        source=source,
        role=AttendeeRole.INVITED,
        summon=SummonKind.INVITED,
    )


def _copy(delegate: expansion.Delegate, person: Participant) -> None:
    person.participant_class = delegate.participant_class
    person.full_name = delegate.member.full_name
    person.position_text = delegate.position_text
    person.organization_text = delegate.organization_text
    person.address = delegate.address
    person.rank = delegate.rank
    person.role = AttendeeRole(delegate.participant_class.role)
    person.summon = SummonKind(delegate.participant_class.summon)
    person.has_vote = delegate.has_vote
    person.derive()


def _add(meeting: Meeting, person: Participant, *, reason: str, by: User) -> Participant:
    person.full_clean()
    person.save()
    audit.record(
        "meetings.add_participant",
        about=meeting,
        by=by,
        summary="Thêm một người dự",
        changes={"participant": person.pk, "reason": nfc(reason)},
    )
    if meeting.state == MeetingState.CONVENED:
        letters.post(
            letters.CONVENED,
            meeting,
            by=by,
            to=Participant.objects.filter(pk=person.pk),
            key=f"participant:{person.pk}:added",
        )
    return person


def _remove(meeting: Meeting, participant: Participant, *, reason: str, by: User) -> Participant:
    person = Participant.objects.select_for_update().get(pk=participant.pk)
    if person.removed_at:
        raise ValidationError("Đồng chí này đã được rút tên trước đó.")
    if not nfc(reason):
        raise ValidationError({"reason": "Ghi lý do rút tên."})
    person.removed_at, person.removal_reason = timezone.now(), reason
    person.save(update_fields=["removed_at", "removal_reason"])
    audit.record(
        "meetings.remove_participant",
        about=meeting,
        by=by,
        summary="Rút tên một người dự",
        changes={"participant": person.pk, "reason": person.removal_reason},
    )
    if meeting.convened_at:
        letters.withdraw(person, reason="Đã rút tên khỏi danh sách dự.")
        stand_in_letters.release([person], by=by)
        letters.post(
            letters.REMOVED,
            meeting,
            by=by,
            to=Participant.objects.filter(pk=person.pk),
            key=f"participant:{person.pk}:removed",
            reason=person.removal_reason,
        )
    return person


def _refuse_without_reason(meeting: Meeting, reason: str) -> None:
    if meeting.convened_at and not nfc(reason):
        raise ValidationError({"reason": "Danh sách đã chốt khi triệu tập: thêm người phải ghi lý do."})
