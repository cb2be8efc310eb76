"""The annual work programme is written by the office, from last year's or row by row."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.models import WorkProgram, WorkProgramItem
from members.models import Body, User
from portal import audit

PLAN = ("month", "is_quarterly", "content", "preparing_body", "output", "meeting_kind")


def get_removal_refusal(item: WorkProgramItem) -> str | None:
    """Why a row stays; None while nothing has come of it."""
    if item.meetings.exists():
        return "Việc này đã có hội nghị nên không bỏ được."
    return None


def get_copy_refusal(program: WorkProgram) -> str | None:
    if last_year_of(program) is None:
        return f"{program.body} chưa có chương trình công tác năm {program.year - 1}."
    return None


def last_year_of(program: WorkProgram) -> WorkProgram | None:
    return WorkProgram.objects.filter(body=program.body_id, year=program.year - 1).first()


@transaction.atomic
def create_program(*, body: Body, year: int, by: User, symbol: str = "") -> WorkProgram:
    program = WorkProgram(body=body, year=year, symbol=symbol)
    program.full_clean()
    program.save()
    audit.record("meetings.create_program", about=program, by=by, summary="Lập chương trình công tác năm")
    return program


@transaction.atomic
def add_item(program: WorkProgram, *, by: User, **plan: Any) -> WorkProgramItem:
    item = WorkProgramItem(program=program, **plan)
    item.full_clean()
    item.save()
    audit.record("meetings.add_program_item", about=item, by=by, summary="Thêm việc vào chương trình")
    return item


@transaction.atomic
def change_item(item: WorkProgramItem, *, by: User, **plan: Any) -> WorkProgramItem:
    """Change a row; a conference made from it keeps the link."""
    item = WorkProgramItem.objects.select_for_update().get(pk=item.pk)
    before = {name: str(getattr(item, name) or "") for name in plan}
    for name, value in plan.items():
        setattr(item, name, value)
    item.full_clean()
    item.save()
    after = {name: str(getattr(item, name) or "") for name in plan}
    audit.record(
        "meetings.change_program_item",
        about=item,
        by=by,
        summary="Sửa việc trong chương trình",
        changes={name: [before[name], after[name]] for name in plan if before[name] != after[name]},
    )
    return item


@transaction.atomic
def remove_item(item: WorkProgramItem, *, by: User) -> None:
    item = WorkProgramItem.objects.select_for_update().get(pk=item.pk)
    if refusal := get_removal_refusal(item):
        raise ValidationError(refusal)
    audit.record("meetings.remove_program_item", about=item, by=by, summary="Bỏ việc khỏi chương trình")
    item.delete()


@transaction.atomic
def copy_last_year(program: WorkProgram, *, by: User) -> int:
    """Take over last year's rows with their years moved on; a row that stands already is not doubled."""
    program = WorkProgram.objects.select_for_update(of=("self",)).select_related("body").get(pk=program.pk)
    if refusal := get_copy_refusal(program):
        raise ValidationError(refusal)
    last = last_year_of(program)
    assert last is not None
    standing = {(row.month, row.content) for row in program.items.all()}
    rows = [
        WorkProgramItem(
            program=program,
            **{name: getattr(row, name) for name in PLAN} | {"content": _a_year_on(row.content, last.year)},
        )
        for row in last.items.select_related("preparing_body", "meeting_kind")
    ]
    new = [row for row in rows if (row.month, row.content) not in standing]
    WorkProgramItem.objects.bulk_create(new)
    audit.record(
        "meetings.copy_program",
        about=program,
        by=by,
        summary=f"Chép chương trình công tác năm {last.year}",
        changes={"rows": len(new)},
    )
    return len(new)


def _a_year_on(content: str, year: int) -> str:
    """ "Tổng kết năm 2025, nhiệm vụ năm 2026" becomes 2026 and 2027; other years stay."""
    return re.sub(rf"\b({year}|{year + 1})\b", lambda found: str(int(found[0]) + 1), content)
