"""Thông báo kết luận: what was found and what is to be done by whom until when (domain §1.7).

Whole for the committee itself; to an organisation it was addressed to, with nobody else's tasks and
nothing from items that were the committee's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from django.db.models import Q

from meetings.documents.facts import chair_of, classes_of, sentence_of
from meetings.documents.heads import numbered
from meetings.models import AgendaItem, Conclusion, ConclusionKind, ItemKind, Mark, Meeting, Task
from meetings.signing import OFFICE
from members.models import PartyOrganization
from members.places import Names
from portal import dates
from portal.docx import Heading, Paper
from portal.richtext.blocks import Block, paragraph

Part = Block | Heading
#: What an organisation was called on the day of the conference.
NameOf = Callable[[PartyOrganization], str]


def conclusion_notice(meeting: Meeting, addressee: PartyOrganization | None = None) -> Paper:
    """To everybody concerned, or to one organisation; a draft while a conclusion is not issued."""
    tasks = _tasks(meeting, addressee)
    conclusions = _conclusions(meeting, addressee, tasks)
    called = Names([*_charged(tasks), *([addressee] if addressee else [])])
    name_of = partial(called.on, meeting.held_on)
    paper = numbered(meeting, Mark.NOTICE)
    recipients = paper.recipients
    if addressee:
        recipients = (f"- {name_of(addressee)},", *recipients[1:])
    is_issued = bool(conclusions) and all(one.issued_at for one in conclusions)
    return Paper(
        title=f"Thông báo kết luận {meeting.title}",
        day=paper.day,
        head=replace(paper.head, is_draft=not is_issued),
        type_name="Thông báo",
        abstract=f"kết luận của {_speaker(meeting)} tại {meeting.title}",
        body=(*_opening(meeting), *_findings(conclusions), *_work(conclusions, tasks, name_of)),
        signatures=(paper.signature,),
        recipients=recipients,
    )


def addressees_of(meeting: Meeting) -> list[PartyOrganization]:
    """The organisations that lead or support a task of this conference, in the order of the tree."""
    tasks = Task.objects.filter(conclusion__meeting=meeting)
    named = Q(led_tasks__in=tasks) | Q(supported_tasks__in=tasks)
    found = PartyOrganization.objects.filter(named).values("pk")
    return list(PartyOrganization.objects.filter(pk__in=found).in_tree_order())


def _tasks(meeting: Meeting, addressee: PartyOrganization | None) -> list[Task]:
    tasks = Task.objects.filter(conclusion__meeting=meeting)
    if addressee:
        charged = Q(lead_organization=addressee) | Q(supporting_organizations=addressee)
        tasks = tasks.filter(pk__in=tasks.filter(charged).values("pk"))
    related = tasks.select_related("lead_organization").prefetch_related("supporting_organizations")
    return list(related.order_by("conclusion__order", "deadline", "pk"))


def _conclusions(
    meeting: Meeting, addressee: PartyOrganization | None, tasks: list[Task]
) -> list[Conclusion]:
    found = Conclusion.objects.filter(meeting=meeting).order_by("order", "pk")
    if addressee is None:
        return list(found)
    is_open = Q(agenda_item=None) | Q(agenda_item__is_internal=False, agenda_item__is_committee_only=False)
    is_said_to_all = ~Q(kind=ConclusionKind.TASK) & is_open
    return list(found.filter(is_said_to_all | Q(pk__in=[task.conclusion_id for task in tasks])))


def _opening(meeting: Meeting) -> list[Part]:
    """Who met under whom, and what was heard before the conclusion."""
    day = f"Ngày {dates.day(meeting.starts_at)}, tại {meeting.venue},"
    chair = chair_of(meeting)
    held = (
        f"{day} {chair} chủ trì {meeting.title}." if chair else f"{day} {meeting.body} họp {meeting.title}."
    )
    present = [label for labels in classes_of(meeting).values() for label in labels]
    who = f" Dự Hội nghị có: {'; '.join(present)}." if present else ""
    items = AgendaItem.objects.filter(meeting=meeting, is_internal=False, is_committee_only=False)
    heard = items.filter(kind=ItemKind.REPORT).order_by("position").values_list("title", flat=True)
    reports = f"nghe {'; '.join(heard)} và " if heard else ""
    return [
        paragraph(f"{held}{who}"),
        paragraph(f"Sau khi {reports}ý kiến của các đại biểu, {_speaker(meeting)} kết luận:"),
    ]


def _findings(conclusions: list[Conclusion]) -> list[Part]:
    found = [one for one in conclusions if one.kind == ConclusionKind.INFORMATION]
    if not found:
        return []
    return [Heading("I", "Đánh giá chung"), *(paragraph(sentence_of(one.text)) for one in found)]


def _work(conclusions: list[Conclusion], tasks: list[Task], name_of: NameOf) -> list[Part]:
    """Each task: content, lead body, supporting bodies, deadline; numbered through."""
    parts: list[Part] = []
    number = 0
    for one in conclusions:
        if one.kind == ConclusionKind.INFORMATION:
            continue
        number += 1
        handed_out = [task for task in tasks if task.conclusion_id == one.pk]
        said = f"{one.text.rstrip('.;:')}:" if handed_out else sentence_of(one.text)
        parts.append(Heading(str(number), "", said))
        parts += [paragraph(_task(task, name_of), mark="-") for task in handed_out]
    if parts:
        has_findings = any(one.kind == ConclusionKind.INFORMATION for one in conclusions)
        parts.insert(0, Heading("II" if has_findings else "I", "Nhiệm vụ thời gian tới"))
    parts.append(paragraph(f"Giao {OFFICE} theo dõi, đôn đốc, báo cáo kết quả thực hiện./."))
    return parts


def _task(task: Task, name_of: NameOf) -> str:
    others = [name_of(one) for one in task.supporting_organizations.all()]
    told = [f"chủ trì: {name_of(task.lead_organization)}"]
    if others:
        told.append(f"phối hợp: {', '.join(others)}")
    if task.product:
        told.append(f"sản phẩm: {task.product}")
    return f"{task.title.rstrip('.;')} ({'; '.join(told)}; hạn {dates.day(task.given_deadline)})."


def _charged(tasks: Iterable[Task]) -> Iterator[PartyOrganization]:
    for task in tasks:
        yield task.lead_organization
        yield from task.supporting_organizations.all()


def _speaker(meeting: Meeting) -> str:
    """By the office held: "đồng chí Bí thư Đảng ủy Khối"; the body itself where none is known."""
    title = meeting.chair_title.rpartition(", ")[2]
    return f"đồng chí {title}" if title else meeting.body.name
