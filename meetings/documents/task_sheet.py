"""Phiếu giao nhiệm vụ: one task on one sheet, with the fields of 08-QC/TW."""

from __future__ import annotations

import datetime
from functools import partial

from django.utils import timezone

from meetings.documents.heads import document_of, head_of
from meetings.models import Mark, Task
from meetings.signing import proposal
from members.places import Names
from portal import dates
from portal.docx import Paper, Signature
from portal.richtext.blocks import Cell, Table, paragraph

WIDTHS = (50, 115)
TO_FILL_IN = "\n\n\n"


def task_sheet(task: Task) -> Paper:
    """As it was handed out: names of organisations as of the day, the notice it stands on."""
    meeting = task.conclusion.meeting
    day = timezone.localdate(task.issued_at) if task.issued_at else None
    usual = proposal(meeting, Mark.NOTICE, day or meeting.held_on)
    authority = f"{usual['signing_authority']} {usual['signed_for']}"
    return Paper(
        title=f"Phiếu giao nhiệm vụ: {task.title}",
        day=day or meeting.held_on,
        head=head_of(meeting, day=day, is_draft=day is None),
        type_name="Phiếu giao nhiệm vụ",
        abstract=f"theo kết luận tại {meeting.title}",
        body=(Table(tuple(_row(*row) for row in _rows(task)), widths=WIDTHS),),
        signatures=(Signature(authority, usual["signer_title"], usual["signer_name"]),),
        recipients=("- Cơ quan chủ trì, phối hợp,", *usual["recipients"].split("\n")[1:]),
    )


def _rows(task: Task) -> list[tuple[str, str]]:
    meeting = task.conclusion.meeting
    supporting = list(task.supporting_organizations.all())
    name_of = partial(Names([task.lead_organization, *supporting]).on, meeting.held_on)
    notice = document_of(meeting, Mark.NOTICE)
    source = f"{meeting.title}, ngày {dates.day(meeting.starts_at)}"
    reports = [f"{dates.day(one.reported_at)}: {one.text}" for one in task.reports.order_by("pk")]
    rows = [
        ("Nhiệm vụ", task.title),
        ("Cơ quan chủ trì", name_of(task.lead_organization)),
        ("Cơ quan phối hợp", "\n".join(map(name_of, supporting))),
        ("Người thực hiện", f"Đồng chí {task.assignee.full_name}" if task.assignee else ""),
        ("Sản phẩm", task.product),
        ("Hạn hoàn thành", _day(task.given_deadline)),
        ("Gia hạn đến", _day(task.deadline) if task.first_deadline else ""),
        ("Theo kết luận", f"{task.conclusion.text}\n{source}"),
        (
            "Văn bản giao",
            f"Thông báo số {notice.symbol}, ngày {dates.day(notice.issued_on)}" if notice else "",
        ),
        ("Tiến độ, kết quả", "\n".join(reports) or TO_FILL_IN),
        ("Ngày hoàn thành", dates.day(task.done_on) if task.done_on else ""),
        ("Nhận xét của Văn phòng", TO_FILL_IN),
    ]
    optional = ("Gia hạn đến", "Cơ quan phối hợp", "Người thực hiện", "Sản phẩm", "Văn bản giao")
    return [(name, text) for name, text in rows if text or name not in optional]


def _day(day: datetime.date) -> str:
    return f"{dates.weekday(day)}, ngày {dates.day(day)}"


def _row(name: str, text: str) -> tuple[Cell, ...]:
    return (Cell((paragraph(name, bold=True),)), Cell((paragraph(text),)))
