"""Finding conferences by their agenda and conclusions, tasks, and the words inside conference papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.files.base import File
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from meetings.models import AgendaItem, Conclusion, Meeting, Paper, Task
from portal import dates
from portal.richtext import to_plain
from portal.search import index
from portal.search.sources import IndexedSource, register

MEETING, ITEM, CONCLUSION, TASK, PAPER = (
    "meetings.meeting",
    "meetings.item",
    "meetings.conclusion",
    "meetings.task",
    "meetings.paper",
)


class MeetingSource(IndexedSource):
    """A conference is told once, whether its name, an agenda item or a conclusion is what was found."""

    code = "hop"
    label = "Hội nghị"
    kinds: ClassVar = {MEETING: Meeting, ITEM: AgendaItem, CONCLUSION: Conclusion}

    def entries(self) -> Iterable[tuple[str, Iterable[Any]]]:
        yield MEETING, Meeting.objects.select_related("organization").iterator()
        yield ITEM, AgendaItem.objects.select_related("meeting__organization").iterator()
        issued = Conclusion.objects.filter(issued_at__isnull=False)
        yield CONCLUSION, issued.select_related("meeting__organization").iterator()

    def index(self, row: Meeting | AgendaItem | Conclusion) -> None:
        if isinstance(row, Meeting):
            self._put(MEETING, row.pk, row, row.title, row.venue, "")
        elif isinstance(row, AgendaItem):
            self._put(ITEM, row.pk, row.meeting, row.meeting.title, row.title, "Chương trình")
        elif row.issued_at is not None:
            # What is not issued yet is a draft of the minutes, and no matter for a search.
            self._put(CONCLUSION, row.pk, row.meeting, row.meeting.title, to_plain(row.text), "Kết luận")
        else:
            index.drop(CONCLUSION, row.pk)

    def _put(self, kind: str, pk: int, meeting: Meeting, title: str, text: str, what: str) -> None:
        when = f"{dates.day_long(meeting.starts_at)}, {meeting.venue}"
        index.put(
            kind,
            pk,
            title=title,
            text=text,
            url=meeting.get_absolute_url(),
            note=" · ".join(filter(None, [what, when])),
            moment=meeting.starts_at,
            organizations=meeting.organization.path,
        )


class TaskSource(IndexedSource):
    code = "nhiem-vu"
    label = "Nhiệm vụ"
    kinds: ClassVar = {TASK: Task}

    def entries(self) -> Iterable[tuple[str, Iterable[Any]]]:
        yield TASK, Task.objects.select_related("lead_organization").iterator()

    def index(self, row: Task) -> None:
        index.put(
            TASK,
            row.pk,
            title=row.title,
            text=row.product,
            url=row.get_absolute_url(),
            note=f"Hạn {dates.day(row.deadline)}",
            moment=dates.midnight(row.deadline),
            organizations=row.lead_organization.path if row.lead_organization else [],
        )


class PaperSource(IndexedSource):
    code = "tai-lieu"
    label = "Tài liệu hội nghị"
    kinds: ClassVar = {PAPER: Paper}

    def entries(self) -> Iterable[tuple[str, Iterable[Any]]]:
        yield PAPER, Paper.objects.select_related("agenda_item__meeting__organization").iterator()

    def index(self, row: Paper) -> None:
        meeting = row.agenda_item.meeting
        index.put(
            PAPER,
            row.pk,
            title=row.title,
            url=row.get_absolute_url(),
            note=f"Tài liệu của {meeting.title}",
            moment=row.uploaded_at,
            organizations=meeting.organization.path,
            is_file=True,
        )

    def open_file(self, kind: str, pk: int) -> tuple[File[bytes], str] | None:
        paper = Paper.objects.filter(pk=pk).first()
        return (paper.file, paper.name) if paper else None


_meetings, _tasks, _papers = MeetingSource(), TaskSource(), PaperSource()
SOURCES: dict[type, tuple[IndexedSource, str]] = {
    Meeting: (_meetings, MEETING),
    AgendaItem: (_meetings, ITEM),
    Conclusion: (_meetings, CONCLUSION),
    Task: (_tasks, TASK),
    Paper: (_papers, PAPER),
}
for each in (_meetings, _tasks, _papers):
    register(each)


@receiver([post_save, post_delete])
def keep(sender: type, instance: Any, signal: Any, **kwargs: object) -> None:
    """In the transaction that writes the thing; what is written in bulk follows with the nightly rebuild."""
    if sender not in SOURCES:
        return
    source, kind = SOURCES[sender]
    if signal is post_delete:
        index.drop(kind, instance.pk)
    else:
        source.index(instance)
        if isinstance(instance, Meeting):
            _follow(instance)


def _follow(meeting: Meeting) -> None:
    """Its day, name and place stand in what is found of it too."""
    source, _ = SOURCES[Meeting]
    for item in AgendaItem.objects.filter(meeting=meeting):
        item.meeting = meeting
        source.index(item)
