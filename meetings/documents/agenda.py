"""Chương trình hội nghị: what is dealt with when and by whom, as the page of the conference shows it."""

from __future__ import annotations

from django.utils import timezone

from meetings.documents.facts import HANDED_OUT, chair_of, items_for, presenter_of, when
from meetings.documents.heads import head_of
from meetings.models import AgendaItem, AttendeeRole, Meeting, start_times
from portal import dates
from portal.docx import Paper
from portal.richtext.blocks import Cell, Paragraph, Run, Table, paragraph

HEADS = ("TT", "Thời gian", "Nội dung", "Người trình bày")
WIDTHS = (11, 24, 78, 52)


def agenda(meeting: Meeting, role: AttendeeRole) -> Paper:
    """The programme handed to delegates of this role: guests get none of the committee's own items."""
    items = list(items_for(meeting, role))
    times = start_times(items, meeting.starts_at)
    rows = [
        _row(number, dates.unbroken(dates.hour(time)), item)
        for number, (time, item) in enumerate(zip(times, items, strict=True), start=1)
    ]
    told_on = timezone.localdate(meeting.convened_at) if meeting.convened_at else None
    chair = chair_of(meeting)
    return Paper(
        title=f"Chương trình {meeting.title}",
        day=told_on or meeting.held_on,
        head=head_of(meeting, day=told_on, is_draft=told_on is None),
        type_name="Chương trình",
        abstract=meeting.title,
        body=(
            paragraph(f"Thời gian: {when(meeting)}.", mark="-"),
            paragraph(f"Địa điểm: {meeting.venue}.", mark="-"),
            *([paragraph(f"Chủ trì: {chair}.", mark="-")] if chair else []),
            Table((tuple(Cell((paragraph(head),), is_head=True) for head in HEADS), *rows), 1, WIDTHS),
        ),
    )


def _row(number: int, time: str, item: AgendaItem) -> tuple[Cell, ...]:
    note = (Paragraph((Run(f"({HANDED_OUT})", italic=True),)),) if item.is_handed_out else ()
    return (
        Cell((paragraph(str(number), align="center"),)),
        Cell((paragraph(time, align="center"),)),
        Cell((paragraph(item.title), *note)),
        Cell((paragraph(presenter_of(item)),)),
    )
