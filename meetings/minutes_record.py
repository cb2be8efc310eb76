"""The minutes as one document: composed from rows while they are written, frozen when approved.

Everything is in words, the hours and days too, because this is what was read and signed; the same
mapping is shown on the screen, printed, hashed and kept in `Minutes.content`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from typing import Any

from django.db.models import Prefetch, Q

from meetings import quorum
from meetings.models import (
    AgendaItem,
    Attendance,
    AttendanceStatus,
    AttendeeRole,
    Conclusion,
    Meeting,
    Minutes,
    MinutesBlock,
    MinutesState,
    MinutesVersion,
    Opinion,
    Paper,
    Participant,
    QuorumSnapshot,
    Vote,
    VoteBase,
)
from members.models import PositionHolding, User
from portal import dates

Record = dict[str, Any]

_CAME = (AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.LEFT)
_WORDS_OF_ABSENCE: dict[str, str] = {AttendanceStatus.EXCUSED: "", AttendanceStatus.ABSENT: "không lý do"}


def record_of(minutes: Minutes) -> Record:
    """What the minutes say: the frozen text once approved, today's rows before."""
    return minutes.content or compose(minutes)


def kept_instead(minutes: Minutes, user: User) -> MinutesVersion | None:
    """While reopened minutes are written anew, those who don't write them go on reading what was
    approved; None for whoever may read the text as it stands."""
    if minutes.state == MinutesState.APPROVED:
        return None
    if Minutes.objects.text_visible_to(user).filter(pk=minutes.pk).exists():
        return None
    return MinutesVersion.objects.visible_to(user).filter(minutes=minutes).first()


def compose(minutes: Minutes) -> Record:
    meeting = minutes.meeting
    return {
        "title": meeting.title,
        "body": meeting.body.name,
        "opened": _moment(meeting.opened_at),
        "closed": _moment(meeting.closed_at),
        "venue": meeting.venue,
        "chair": _person(meeting.chair.full_name if meeting.chair else "", meeting.chair_title),
        "minute_taker": _minute_taker(meeting),
        "attendance": _attendance(meeting),
        "counts": _counts(meeting),
        "items": _items(minutes),
        "conclusions": [
            _conclusion(one) for one in Conclusion.objects.filter(meeting=meeting, agenda_item=None)
        ],
    }


def content_hash(content: Record) -> str:
    """SHA-256 over one spelling of the mapping, so that it can be computed again at any time."""
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def get_lacking(minutes: Minutes) -> list[str]:
    """What is missing before the minutes can be signed, in the words the desk shows too."""
    meeting = minutes.meeting
    lacking = []
    if not QuorumSnapshot.objects.filter(meeting=meeting).exists():
        lacking.append("Chưa ghi số có mặt lúc khai mạc.")
    unmarked = Participant.objects.filter(meeting=meeting).unmarked().official().count()
    if unmarked:
        lacking.append(f"Còn {unmarked} đại biểu chính thức chưa điểm danh.")
    if not meeting.closed_at:
        lacking.append("Chưa có giờ bế mạc.")
    if not meeting.chair_id:
        lacking.append("Chưa ghi người chủ trì.")
    if not meeting.body.letters:
        lacking.append(f"{meeting.body} chưa có chữ viết tắt để ghi số biên bản.")
    lacking += _unfinished(minutes)
    lacking += [
        f"Mục {item.position} chưa ghi diễn biến, ý kiến hoặc kết luận." for item in _empty_items(minutes)
    ]
    return lacking


def _unfinished(minutes: Minutes) -> list[str]:
    """Texts somebody began and left, and objections nobody has answered."""
    left = [
        f"Mục {position} có ý kiến chưa ghi {'nội dung' if participant else 'người phát biểu'}."
        for position, participant in Opinion.objects.filter(agenda_item__meeting=minutes.meeting_id)
        .filter(Q(participant=None) | Q(text=""))
        .order_by("agenda_item__position", "pk")
        .values_list("agenda_item__position", "participant")
    ]
    left += [
        f"Mục {position} có một kết luận còn trống."
        for position in Conclusion.objects.filter(meeting=minutes.meeting_id, text="")
        .order_by("order")
        .values_list("agenda_item__position", flat=True)
    ]
    objections = minutes.comments.filter(round=minutes.comment_round, agrees=False, reply="").count()
    if objections:
        left.append(f"Còn {objections} góp ý của đại biểu chưa trả lời.")
    return left


def _empty_items(minutes: Minutes) -> list[AgendaItem]:
    written = MinutesBlock.objects.filter(minutes=minutes).exclude(body="").values("agenda_item")
    return list(
        AgendaItem.objects.filter(meeting=minutes.meeting_id, opinions=None, conclusions=None, votes=None)
        .exclude(pk__in=written)
        .order_by("position")
    )


def _items(minutes: Minutes) -> list[Record]:
    bodies = dict(MinutesBlock.objects.filter(minutes=minutes).values_list("agenda_item", "body"))
    opinions = defaultdict(list)
    for opinion in (
        Opinion.objects.filter(agenda_item__meeting=minutes.meeting_id)
        .select_related("participant")
        .order_by("pk")
    ):
        opinions[opinion.agenda_item_id].append(_opinion(opinion))
    votes = defaultdict(list)
    for vote in Vote.objects.filter(agenda_item__meeting=minutes.meeting_id).order_by("pk"):
        votes[vote.agenda_item_id].append(_vote(vote, minutes.meeting.body.name))
    conclusions = defaultdict(list)
    for conclusion in Conclusion.objects.filter(meeting=minutes.meeting_id).exclude(agenda_item=None):
        conclusions[conclusion.agenda_item_id].append(_conclusion(conclusion))
    return [
        {
            "item": item.pk,
            "number": item.position,
            "title": item.title,
            "presenter": _presenter(item),
            "papers": [paper.title for paper in item.papers.all()],
            "body": bodies.get(item.pk, ""),
            "opinions": opinions[item.pk],
            "votes": votes[item.pk],
            "conclusions": conclusions[item.pk],
        }
        for item in AgendaItem.objects.filter(meeting=minutes.meeting_id)
        .select_related("presenter")
        .prefetch_related(Prefetch("papers", Paper.objects.current()))
        .order_by("position", "pk")
    ]


def _attendance(meeting: Meeting) -> Record:
    """Present and total of each role; every absent official delegate with the reason (16-HD), and who
    came in the place of an invited one."""
    official = {"present": 0, "total": 0}
    invited = {"present": 0, "total": 0}
    absent, stand_ins = [], []
    people = Participant.objects.filter(meeting=meeting).taking_part().in_protocol_order()
    for person in people.select_related("attendance"):
        attendance: Attendance | None = getattr(person, "attendance", None)
        group = official if person.role == AttendeeRole.OFFICIAL else invited
        group["total"] += 1
        if attendance and attendance.status in _CAME:
            group["present"] += 1
        elif attendance and attendance.status == AttendanceStatus.SUBSTITUTE:
            stand_ins.append(
                _person(person.full_name, person.position_text) | {"substitute": attendance.substitute}
            )
        elif attendance and person.role == AttendeeRole.OFFICIAL:
            absent.append(
                _person(person.full_name, person.position_text)
                | {"reason": attendance.reason or _WORDS_OF_ABSENCE.get(attendance.status, "chưa đến")}
            )
    return {"official": official | {"absent": absent}, "invited": invited | {"stand_ins": stand_ins}}


def _counts(meeting: Meeting) -> list[Record]:
    return [
        {"occasion": one.occasion, "hour": dates.hour(one.taken_at), "sentence": one.sentence}
        for one in QuorumSnapshot.objects.filter(meeting=meeting).order_by("pk")
    ]


def _opinion(opinion: Opinion) -> Record:
    speaker = opinion.participant
    return _person(speaker.full_name if speaker else "", speaker.position_text if speaker else "") | {
        "said_at": dates.hour(opinion.said_at) if opinion.said_at else "",
        "text": opinion.text,
        "response": opinion.get_response_display(),
    }


def _vote(vote: Vote, body: str) -> Record:
    return {
        "subject": vote.subject,
        "sentence": vote_sentence(vote, body),
        "reserved_opinion": vote.reserved_opinion,
    }


def vote_sentence(vote: Vote, body: str) -> str:
    """ "Biểu quyết: tán thành 24, không tán thành 1, ý kiến khác 0, trên 27 ủy viên đương nhiệm của …"."""
    of = f"{VoteBase(vote.base).label}{f' của {body}' if vote.base == VoteBase.INCUMBENT else ''}"
    carried = "Được thông qua." if vote.is_carried else "Không được thông qua."
    return (
        f"{'Bỏ phiếu kín' if vote.is_secret else 'Biểu quyết'}: tán thành {vote.in_favour},"
        f" không tán thành {vote.against}, ý kiến khác {vote.other}, trên {vote.base_number} {of},"
        f" bằng {quorum.share(vote.in_favour, vote.base_number)}; cần {vote.needed} (quá nửa). {carried}"
    )


def _conclusion(conclusion: Conclusion) -> Record:
    return {"kind": conclusion.get_kind_display(), "text": conclusion.text}


def _presenter(item: AgendaItem) -> str:
    return item.presenter_text or (f"Đồng chí {item.presenter.full_name}" if item.presenter else "")


def _minute_taker(meeting: Meeting) -> Record:
    taker = meeting.minute_taker
    if taker is None:
        return _person("", "")
    return _person(taker.full_name, position_on(taker, meeting.held_on))


def position_on(user: User, date: datetime.date) -> str:
    """The highest position the person held on the day, as printed on papers."""
    held = PositionHolding.objects.on(date).filter(member=user.member_id).by_rank().first()
    return held.title if held else ""


def _person(name: str, position: str) -> Record:
    return {"name": name, "position": position}


def _moment(moment: datetime.datetime | None) -> str:
    return f"{dates.hour(moment)}, {dates.day_official(moment)}" if moment else ""
