"""Answering an invitation: by the link in the letter, in the portal, or by telephone."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import stand_ins
from meetings.actions import stand_in_letters
from meetings.models import Answer, AnswerChannel, AnswerChoice, Participant
from meetings.stand_ins import StandIn
from members.models import User
from portal import audit
from portal.vietnamese import nfc

#: So many are named to who looks for a stand-in.
OFFERED = 8
MOVED_MEANWHILE = "Hội nghị vừa đổi thời gian hoặc địa điểm. Xem lại rồi trả lời theo lịch mới."


@transaction.atomic
def record_answer(
    participant: Participant,
    *,
    choice: AnswerChoice,
    channel: AnswerChannel,
    by: User | None,
    version: int,
    reason: str = "",
    substitute: str = "",
) -> Answer:
    """Keep an answer to the version of the invitation that the person saw.

    `by` is who pressed the button: nobody known for a link, the person in the portal, the office
    for a telephone call. The last answer counts, earlier ones stay; the same answer sent twice by
    a double click is one.
    """
    # 1. The row of the participant is the lock: two clicks of one person come one after the other.
    person = (
        Participant.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=participant.pk)
    )
    meeting = person.meeting
    if person.removed_at:
        raise ValidationError("Đồng chí không còn trong danh sách dự hội nghị này.")
    if refusal := meeting.get_answer_refusal(timezone.now()):
        raise ValidationError(refusal)
    # 2. What was agreed to is the time and place then shown, never those of later.
    if version != meeting.version:
        raise ValidationError(MOVED_MEANWHILE, code="moved")
    stand_in = _stand_in(person, substitute, channel) if choice == AnswerChoice.SUBSTITUTE else None
    answer = Answer(
        participant=person,
        meeting_version=version,
        choice=choice,
        reason="" if choice == AnswerChoice.ATTENDING else reason,
        substitute=str(stand_in or ""),
        substitute_member=stand_in.member if stand_in else None,
        channel=channel,
        recorded_by=by if channel == AnswerChannel.PHONE else None,
    )
    answer.full_clean()
    last = person.answers.filter(meeting_version=version).order_by("-pk").first()
    if last and _says_the_same(last, answer):
        return last
    answer.save()
    audit.record(
        "meetings.answer",
        about=meeting,
        by=by,
        summary=_summary(answer),
        changes={"participant": person.pk, "choice": choice.value, "channel": channel.value},
    )
    stand_in_letters.post_change(last, answer, by=by)
    return answer


def _stand_in(person: Participant, typed: str, channel: AnswerChannel) -> StandIn:
    """The comrade named, from the eligible set alone. Only who has signed in is told whom it holds."""
    if refusal := stand_ins.get_refusal(person):
        raise ValidationError(refusal)
    found, why_not = stand_ins.find(person, typed)
    if found is None and channel != AnswerChannel.LINK and (among := stand_ins.eligible(person)):
        why_not = f"{why_not} Có thể cử: {stand_ins.names_of(among, OFFERED)}."
    if found is None:
        raise ValidationError({"substitute": why_not})
    return found


def _says_the_same(last: Answer, answer: Answer) -> bool:
    said = [(one.choice, nfc(one.reason), one.substitute, one.channel) for one in (last, answer)]
    return said[0] == said[1]


def _summary(answer: Answer) -> str:
    if answer.channel == AnswerChannel.PHONE:
        return "Văn phòng ghi trả lời qua điện thoại thay người dự"
    return f"Trả lời {answer.get_channel_display()}"
