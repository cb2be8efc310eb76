"""Binders of papers: asked for on the page, built in the background, kept until the next one."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meetings.binding import Content, content_of
from meetings.models import AgendaAudience, Binder, BinderState, Meeting, Paper, PaperReading
from members.models import User
from portal import audit, dates
from portal.binding import Cover, Part, bind
from portal.outbox.nudging import nudge

logger = logging.getLogger(__name__)

TASK = "meetings.tasks.build_binders"
NO_PAPERS = "Chưa có tài liệu nào để lập tập."


@transaction.atomic
def ask_for_binder(meeting: Meeting, audience: AgendaAudience, *, by: User) -> Binder:
    """Have the binder of an audience built, or built anew; asking twice is asking once."""
    if not content_of(meeting, audience).papers:
        raise ValidationError(NO_PAPERS)
    binder, is_new = Binder.objects.select_for_update().get_or_create(
        meeting=meeting, audience=audience, defaults={"asked_by": by}
    )
    if not is_new and binder.state == BinderState.ASKED:
        return binder
    binder.state, binder.asked_by, binder.asked_at = BinderState.ASKED, by, timezone.now()
    binder.save(update_fields=["state", "asked_by", "asked_at"])
    audit.record("meetings.ask_for_binder", about=meeting, by=by, summary="Yêu cầu lập tập tài liệu")
    transaction.on_commit(partial(nudge, task=TASK), robust=True)
    return binder


def build_asked() -> int:
    """Build all that were asked for; how many. Two workers never build the same one."""
    built = 0
    while _build_next():
        built += 1
    return built


@transaction.atomic
def _build_next() -> bool:
    """The row stays locked while it is built: a worker that dies leaves it asked for."""
    asked = Binder.objects.select_for_update(of=("self",), skip_locked=True).filter(state=BinderState.ASKED)
    binder = asked.select_related("meeting__body").order_by("asked_at").first()
    if binder is None:
        return False
    content = content_of(binder.meeting, AgendaAudience(binder.audience))
    earlier = (binder.file.storage, str(binder.file.name)) if binder.file else None
    try:
        written, pages = _bound(binder.meeting, content)
    except Exception:  # the edge: whatever is wrong with the files, the page says so and asks again
        logger.exception("Binder %s was not built", binder.pk)
        binder.state = BinderState.FAILED
        binder.save(update_fields=["state"])
        return True
    binder.file.save(f"tap-tai-lieu-{binder.meeting_id}.pdf", ContentFile(written), save=False)
    binder.state, binder.built_at = BinderState.READY, timezone.now()
    binder.mark, binder.pages = content.mark, pages
    binder.papers = [paper.pk for paper in content.papers]
    binder.save()
    if earlier:
        storage, name = earlier
        transaction.on_commit(partial(storage.delete, name), robust=True)
    return True


def record_readings(binder: Binder, *, by: User) -> None:
    """Who takes the binder has opened every paper in it."""
    now = timezone.now()
    PaperReading.objects.filter(paper__in=binder.papers, reader=by).update(last_at=now, times=F("times") + 1)
    still = Paper.objects.filter(pk__in=binder.papers).values_list("pk", flat=True)
    rows = [PaperReading(paper_id=pk, reader=by, first_at=now, last_at=now) for pk in still]
    PaperReading.objects.bulk_create(rows, ignore_conflicts=True)


def _bound(meeting: Meeting, content: Content) -> tuple[bytes, int]:
    cover = Cover(
        heading="TẬP TÀI LIỆU",
        subject=meeting.title,
        facts=(f"{dates.moment(meeting.starts_at)}, {meeting.venue}",),
    )
    with ExitStack() as opened:
        parts = []
        for item, papers in content.items:
            in_the_room = " (phát tại phòng họp)" if item.is_handed_out else ""
            parts.append(Part(str(item.position), f"{item.title}{in_the_room}"))
            for paper in papers:
                file = opened.enter_context(paper.file.storage.open(str(paper.file.name), "rb"))
                parts.append(Part("", paper.title, file=file, name=paper.name))
        return bind(cover, parts)
