"""Giấy triệu tập to those with a duty to attend, giấy mời to guests (domain §1.7), one sheet a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from meetings.documents.facts import HANDED_OUT, chair_of, classes_of, items_for, place_of, when
from meetings.documents.heads import Numbered, numbered
from meetings.models import AttendeeRole, Mark, Meeting, Participant, SummonKind
from members.owning_committee import owning_committee_on
from portal import dates
from portal.docx import Heading, Paper
from portal.richtext.blocks import Block, Paragraph, Run, paragraph

Part = Block | Heading

_NAMES = {SummonKind.SUMMONED: "Giấy triệu tập", SummonKind.INVITED: "Giấy mời"}
_CALLS = {SummonKind.SUMMONED: "Triệu tập đồng chí: ", SummonKind.INVITED: "Kính mời đồng chí: "}


def invitations(meeting: Meeting, people: Iterable[Participant]) -> list[Paper]:
    """The sheets of these people, all under the one number of the call."""
    head = numbered(meeting, Mark.INVITATION)
    opening, closing = _opening(meeting), _closing(meeting)
    agendas = {role: _content(meeting, role) for role in AttendeeRole}
    return [
        _sheet(
            meeting, person, head, [opening, *_call(person), *agendas[AttendeeRole(person.role)], *closing]
        )
        for person in people
    ]


def _sheet(meeting: Meeting, person: Participant, head: Numbered, body: list[Part]) -> Paper:
    name = _NAMES[SummonKind(person.summon)]
    return Paper(
        title=f"{name} {meeting.title}",
        day=head.day,
        head=head.head,
        type_name=name,
        abstract=f"dự {meeting.title}",
        body=tuple(body),
        signatures=(head.signature,),
        recipients=head.recipients,
    )


def _opening(meeting: Meeting) -> Paragraph:
    basis = "Thực hiện Quy chế làm việc"
    if meeting.program_item:
        basis += f", Chương trình công tác năm {meeting.program_item.program.year}"
    convener = meeting.convener or meeting.body
    return paragraph(f"{basis}, {convener} tổ chức {meeting.title}.")


def _call(person: Participant) -> list[Paragraph]:
    lines = [Paragraph((Run(_CALLS[SummonKind(person.summon)]), Run(person.full_name, bold=True)))]
    if place := place_of(person):
        lines.append(paragraph(f"Chức vụ, đơn vị: {place}"))
    lines.append(paragraph(f"Dự với tư cách: {person.get_role_display().lower()}."))
    return lines


def _content(meeting: Meeting, role: AttendeeRole) -> list[Part]:
    items = [
        f"{item.title} ({HANDED_OUT})" if item.is_handed_out else item.title
        for item in items_for(meeting, role)
    ]
    if not items:
        return [Heading("1", "Nội dung:", _sentence(meeting.purpose))] if meeting.purpose else []
    return [Heading("1", "Nội dung:"), *(paragraph(item, mark="-") for item in _list(items))]


def _closing(meeting: Meeting) -> list[Part]:
    parts: list[tuple[str, str, list[str]]] = [
        ("Thời gian:", f"{when(meeting)}.", []),
        ("Địa điểm:", _sentence(meeting.venue), []),
        ("Thành phần:", "", _classes(meeting)),
        ("Chủ trì:", _sentence(chair_of(meeting)), []),
        ("Yêu cầu:", "", _requirements(meeting)),
    ]
    told = [part for part in parts if part[1] or part[2]]
    written: list[Part] = []
    for number, (name, rest, lines) in enumerate(told, start=2):
        written += [Heading(str(number), name, rest), *(paragraph(line, mark="-") for line in lines)]
    return written


def _classes(meeting: Meeting) -> list[str]:
    classes = classes_of(meeting)
    words = {SummonKind.SUMMONED: "Triệu tập", SummonKind.INVITED: "Mời dự"}
    return [f"{words[kind]}: {'; '.join(labels)}." for kind, labels in classes.items() if labels]


def _requirements(meeting: Meeting) -> list[str]:
    lines = [_sentence(line) for line in meeting.requirements.split("\n") if line]
    lines.append(f"Tài liệu và trả lời giấy mời: {settings.SITE_URL}{meeting.get_absolute_url()}")
    phone = owning_committee_on(meeting.held_on).office_phone
    whom = f"Văn phòng ({phone})" if phone else "Văn phòng"
    until = (
        f" trước {dates.hour(meeting.answer_by)}, ngày {dates.day(meeting.answer_by)}"
        if meeting.answer_by
        else ""
    )
    lines.append(f"Đồng chí không dự được báo {whom}{until}, nêu rõ lý do.")
    return lines


def _list(items: list[str]) -> list[str]:
    return [f"{item};" for item in items[:-1]] + [_sentence(items[-1])]


def _sentence(text: str) -> str:
    return f"{text.rstrip('.;')}." if text else ""
