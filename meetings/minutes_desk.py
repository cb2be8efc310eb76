"""The minutes desk as it stands: each agenda item with everything written under it.

The page and the answers to its script are made from the same reading, in as many queries for forty
items as for one.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.html import escape

from meetings.minutes_record import vote_sentence
from meetings.models import (
    AgendaItem,
    Conclusion,
    ItemKind,
    Meeting,
    MinutesBlock,
    Opinion,
    Paper,
    ScratchPad,
    TypedText,
    Vote,
    start_times,
)
from members.models import User
from portal import dates
from portal.states import shape_of


class ItemState(models.TextChoices):
    """How far the writing under an item has come."""

    EMPTY = "empty", "Chưa ghi"
    WRITTEN = "written", "Đã ghi"
    CONCLUDED = "concluded", "Đã kết luận"


@dataclass
class DeskItem:
    """One agenda item on the desk. `starts_at` is when it begins if all keep to their minutes."""

    item: AgendaItem
    number: int
    starts_at: datetime.datetime
    body: str = ""
    block: MinutesBlock | None = None
    scratch: ScratchPad | None = None
    opinions: list[Opinion] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)

    @property
    def state(self) -> ItemState:
        if any(conclusion.text for conclusion in self.conclusions):
            return ItemState.CONCLUDED
        return ItemState.WRITTEN if self.body or self.opinions or self.votes else ItemState.EMPTY

    @property
    def suggestion(self) -> str:
        """A first sentence from what is known of the item; offered, never put over human words."""
        return f"<p>{escape(_first_sentence(self.item))}</p>"


def read_desk(meeting: Meeting, user: User, items: QuerySet[AgendaItem]) -> list[DeskItem]:
    """Those of `items` this person sees, which belong to `meeting`."""
    items = items.select_related("presenter").prefetch_related(Prefetch("papers", Paper.objects.current()))
    agenda = list(items.order_by("position", "pk"))
    times = start_times(agenda, meeting.opened_at or meeting.starts_at)
    desk = {
        item.pk: DeskItem(item=item, number=place, starts_at=time)
        for place, (item, time) in enumerate(zip(agenda, times, strict=True), start=1)
    }
    _fill(desk, user)
    return list(desk.values())


def _fill(desk: dict[int, DeskItem], user: User) -> None:
    for block in MinutesBlock.objects.filter(agenda_item__in=desk).select_related("updated_by"):
        desk[block.agenda_item_id].block = block
        desk[block.agenda_item_id].body = block.body
    for opinion in (
        Opinion.objects.filter(agenda_item__in=desk)
        .select_related("participant", "updated_by")
        .order_by("pk")
    ):
        desk[opinion.agenda_item_id].opinions.append(opinion)
    lines = Conclusion.objects.filter(agenda_item__in=desk).select_related("updated_by")
    for line in lines.prefetch_related("tasks__lead_organization").order_by("order", "pk"):
        if line.agenda_item_id:
            desk[line.agenda_item_id].conclusions.append(line)
    for vote in Vote.objects.filter(agenda_item__in=desk).order_by("pk"):
        desk[vote.agenda_item_id].votes.append(vote)
    for pad in ScratchPad.objects.filter(agenda_item__in=desk, owner=user):
        desk[pad.agenda_item_id].scratch = pad


def texts_of(one: DeskItem) -> list[dict[str, Any]]:
    """The item's texts for the desk's script, each by the name it is saved under."""
    block = one.block or MinutesBlock()
    scratch = one.scratch or ScratchPad()
    return [
        text_of("block", str(one.item.pk), block, {"body": block.body}),
        text_of("scratch", str(one.item.pk), scratch, {"text": scratch.text}),
        *(opinion_text(opinion) for opinion in one.opinions),
        *(conclusion_text(conclusion) for conclusion in one.conclusions),
    ]


def opinion_text(opinion: Opinion) -> dict[str, Any]:
    fields = {
        "participant": str(opinion.participant_id or ""),
        "said_at": opinion.said_at.strftime("%H:%M") if opinion.said_at else "",
        "text": opinion.text,
        "response": opinion.response,
    }
    return text_of("opinion", str(opinion.key), opinion, fields)


def conclusion_text(conclusion: Conclusion) -> dict[str, Any]:
    fields = {"kind": conclusion.kind, "text": conclusion.text}
    return text_of("conclusion", str(conclusion.key), conclusion, fields)


def text_of(kind: str, key: str, row: TypedText, fields: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": key,
        "revision": row.revision,
        "by": str(row.updated_by) if row.updated_by else "",
        "at": dates.hour(row.updated_at) if row.revision else "",
        "fields": fields,
    }


def state_of(one: DeskItem) -> dict[str, str]:
    """Shape, tone and word of an item in the list at the left."""
    shape, tone, word = shape_of(one.state)
    return {"item": str(one.item.pk), "shape": shape, "tone": tone, "word": word}


def sentence_of(vote: Vote, meeting: Meeting) -> str:
    return vote_sentence(vote, meeting.body.name)


def now_for_speech() -> str:
    return timezone.localtime().strftime("%H:%M")


_VERBS = {
    ItemKind.REPORT: "trình bày",
    ItemKind.OPINION: "trình bày và xin ý kiến Hội nghị về",
    ItemKind.VOTE: "trình bày và xin Hội nghị biểu quyết",
    ItemKind.INFORMATION: "thông tin với Hội nghị",
}


def _first_sentence(item: AgendaItem) -> str:
    presenter = item.presenter_text or (item.presenter.full_name if item.presenter else "")
    who = presenter if presenter.lower().startswith("đồng chí") else f"Đồng chí {presenter}"
    verb = _VERBS.get(ItemKind(item.kind))
    sentence = f"{who} {verb} {item.title}" if presenter and verb else f"Hội nghị tiến hành: {item.title}"
    papers = [paper.title for paper in item.papers.all()]
    return f"{sentence} (tài liệu: {'; '.join(papers)})." if papers else f"{sentence}."
