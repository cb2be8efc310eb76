"""The minutes of a conference: a desk for those who write, a paper for everybody else who may read."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from meetings import minutes_record
from meetings.actions import minutes
from meetings.actions.minutes.comments import asked, get_comment_refusal, get_end_refusal
from meetings.forms.desk import (
    AskForm,
    BlockForm,
    CommentForm,
    ConclusionForm,
    OpinionForm,
    SavedForm,
    ScratchForm,
    TaskForm,
    VoteForm,
)
from meetings.minutes_desk import DeskItem, now_for_speech, read_desk, sentence_of
from meetings.models import (
    AgendaItem,
    Meeting,
    Minutes,
    MinutesComment,
    MinutesState,
    MinutesVersion,
    Opinion,
    TypedText,
)
from meetings.permissions import (
    can_approve_minutes,
    can_prepare,
    can_reopen_minutes,
    can_see_revisions,
    can_write_minutes,
    is_minute_taker,
)
from meetings.roll import roll_of
from meetings.views.minutes.doors import minutes_of, permit
from meetings.views.minutes.writing import Bound, act_on, keep_aside
from members.requests import SignedInRequest
from portal.richtext import editor_page, editor_settings

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_page(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting, found = minutes_of(request, pk)
    if request.method == "POST":
        return _post(request, meeting, found)
    return _show(request, meeting, found)


@require_safe
def approved_version(request: SignedInRequest, pk: int, version: int) -> HttpResponse:
    """The minutes as they were approved before a reopening."""
    meeting, found = minutes_of(request, pk)
    kept = get_object_or_404(
        MinutesVersion.objects.visible_to(request.user), minutes__meeting=meeting, version=version
    )
    return render(request, "meetings/minutes/paper.html", _paper(request, meeting, kept.minutes, kept))


def _post(request: SignedInRequest, meeting: Meeting, found: Minutes | None) -> HttpResponse:
    act = request.POST.get("act", "")
    permit(request, meeting, act)
    try:
        invalid = act_on(request, meeting, found, act)
    except minutes.TextChanged as changed:
        if found:
            keep_aside(request, found, act, changed)
        return _show_both(request, meeting, changed, act)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        found = Minutes.objects.visible_to(request.user).filter(meeting=meeting).first()
        if found:
            found.meeting = meeting
        return _show(request, meeting, found, status=CONFLICT)
    if invalid:
        return _show(request, meeting, found, bound=invalid)
    return redirect(_address(meeting, request.POST.get("item", "")))


def _show(
    request: SignedInRequest,
    meeting: Meeting,
    found: Minutes | None,
    *,
    bound: Bound | None = None,
    status: int = 200,
) -> HttpResponse:
    writes = can_write_minutes(request.user, meeting) and "xem" not in request.GET
    if found is None or (writes and found.state == MinutesState.DRAFTING):
        return _show_desk(request, meeting, found, bound or {}, status)
    context = _paper(request, meeting, found, minutes_record.kept_instead(found, request.user))
    context |= _round(request, found, bound or {})
    return render(request, "meetings/minutes/paper.html", context, status=status)


def _paper(
    request: SignedInRequest, meeting: Meeting, found: Minutes, kept: MinutesVersion | None
) -> dict[str, Any]:
    record = kept.content if kept else minutes_record.record_of(found)
    seen = set(
        AgendaItem.objects.visible_to(request.user).filter(meeting=meeting).values_list("pk", flat=True)
    )
    return {
        "meeting": meeting,
        "minutes": found,
        "paper": kept or found,
        "is_kept": kept is not None,
        "record": record | {"items": [item for item in record["items"] if item["item"] in seen]},
        "versions": MinutesVersion.objects.visible_to(request.user).filter(minutes=found),
        "can_approve": kept is None and can_approve_minutes(request.user, found),
        "can_reopen": kept is None and can_reopen_minutes(request.user, found),
        "writes": kept is None and can_write_minutes(request.user, meeting),
        "sees_revisions": can_see_revisions(request.user, meeting),
    }


def _round(request: SignedInRequest, found: Minutes, bound: Bound) -> dict[str, Any]:
    """The round of comments, for the delegate who is asked and for the minute-taker who waits."""
    if found.state != MinutesState.FOR_COMMENT:
        return {}
    everybody = asked(found)
    mine = everybody.of(request.user).first()
    return {
        "asked": everybody.count(),
        "comments": _comments(request, found),
        "is_asked": mine is not None,
        "comment_refusal": get_comment_refusal(found),
        "comment_form": bound.get("comment") or CommentForm(),
        "is_minute_taker": is_minute_taker(request.user, found.meeting),
        "end_refusal": get_end_refusal(found),
    }


def _comments(request: SignedInRequest, found: Minutes) -> list[MinutesComment]:
    told = MinutesComment.objects.visible_to(request.user).filter(minutes=found, round=found.comment_round)
    return list(told.select_related("participant"))


@editor_page
def _show_desk(
    request: SignedInRequest, meeting: Meeting, found: Minutes | None, bound: Bound, status: int
) -> HttpResponse:
    desk = read_desk(
        meeting, request.user, AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
    )
    chosen = _chosen(desk, request.POST.get("item") or request.GET.get("muc", ""))
    roll = roll_of(meeting)
    context: dict[str, Any] = {
        "meeting": meeting,
        "minutes": found,
        "sections": _sections(desk, bound, chosen, meeting),
        "chosen": chosen,
        "opinion_form": bound.get("opinion") or _opinion_form(request, meeting),
        "new_conclusion": bound.get("conclusion") or ConclusionForm(auto_id=False),
        "blank_opinion": Opinion(),
        "vote_form": bound.get("vote") or VoteForm(auto_id="bq_%s"),
        "task_form": bound.get("task") or TaskForm(meeting=meeting, auto_id="nv_%s"),
        "ask_form": bound.get("ask") or AskForm(auto_id="gy_%s"),
        "open": next(iter(bound), ""),
        "roll": roll,
        "quorum_sentence": roll.sentence(meeting.body.name),
        "lacking": minutes_record.get_lacking(found) if found else [],
        "comments": _comments(request, found) if found else [],
        "is_minute_taker": is_minute_taker(request.user, meeting),
        "saved_at": _saved_at(desk),
        "editor": editor_settings("desk"),
        "editor_media": BlockForm().media,
        "can_prepare": can_prepare(request.user, meeting),
        "latest_version": found.version - 1 if found else 0,
    }
    return render(request, "meetings/minutes/desk.html", context, status=status)


def _saved_at(desk: list[DeskItem]) -> datetime.datetime | None:
    """When anything on the desk was last saved."""
    rows = [row for one in desk for row in (one.block, *one.opinions, *one.conclusions) if row]
    return max((row.updated_at for row in rows), default=None)


def _sections(
    desk: list[DeskItem], bound: Bound, chosen: DeskItem | None, meeting: Meeting
) -> list[dict[str, Any]]:
    """For each item its texts, each on its revision, and the sentences of its votes."""
    return [
        {
            "one": one,
            "is_chosen": one is chosen,
            "block": (bound.get("block") if one is chosen else None) or _block_form(one),
            "scratch": ScratchForm(initial=_standing(one.scratch, "text"), auto_id=f"nr{one.item.pk}_%s"),
            "conclusions": [
                (line, ConclusionForm(initial=_standing(line, "key", "kind", "text"), auto_id=False))
                for line in one.conclusions
            ],
            "votes": [(vote, sentence_of(vote, meeting)) for vote in one.votes],
        }
        for one in desk
    ]


def _block_form(one: DeskItem) -> BlockForm:
    return BlockForm(initial=_standing(one.block, "body"), auto_id=f"db{one.item.pk}_%s")


def _standing(row: TypedText | None, *names: str) -> dict[str, Any]:
    """What a text reads and the revision it stands at, for its form."""
    return {name: getattr(row, name, "") for name in names} | {"revision": row.revision if row else 0}


def _opinion_form(request: SignedInRequest, meeting: Meeting) -> OpinionForm:
    """Empty for the next speaker; with `?y-kien=` the one that is put right."""
    key = request.GET.get("y-kien", "")
    opinion = (
        Opinion.objects.visible_to(request.user).filter(agenda_item__meeting=meeting, pk=int(key)).first()
        if key.isdecimal()
        else None
    )
    if opinion is None:
        return OpinionForm(meeting=meeting, initial={"said_at": now_for_speech()}, auto_id="yk_%s")
    standing = _standing(opinion, "key", "participant", "said_at", "text", "response")
    return OpinionForm(meeting=meeting, initial=standing, auto_id="yk_%s")


@editor_page
def _show_both(
    request: SignedInRequest, meeting: Meeting, changed: minutes.TextChanged, act: str
) -> HttpResponse:
    """Both texts: what stands now, and what was typed, ready to be saved on top of it."""
    revision = changed.row.revision if changed.row else 0
    initial = changed.mine | {"revision": revision, "key": request.POST.get("key", "")}
    form: SavedForm
    match act:
        case "block":
            form = BlockForm(initial=initial)
        case "opinion":
            form = OpinionForm(initial=initial, meeting=meeting)
        case "conclusion":
            form = ConclusionForm(initial=initial)
        case _:
            form = ScratchForm(initial=initial)
    context = {
        "meeting": meeting,
        "item": changed.item,
        "saved": changed.row,
        "saved_body": getattr(changed.row, "body", None),
        "saved_text": getattr(changed.row, "text", ""),
        "act": act,
        "form": form,
        "sentence": " ".join(changed.messages),
    }
    return render(request, "meetings/minutes/conflict.html", context, status=CONFLICT)


def _chosen(desk: list[DeskItem], key: str) -> DeskItem | None:
    return next((one for one in desk if str(one.item.pk) == key), desk[0] if desk else None)


def _address(meeting: Meeting, item: str) -> str:
    address = reverse("meetings:minutes", args=[meeting.pk])
    return f"{address}?muc={item}" if item.isdecimal() else address
