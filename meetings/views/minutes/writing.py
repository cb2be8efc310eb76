"""What the buttons of the desk and of the paper do; each is a plain form."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404

from meetings.actions import conclusions, minutes, tasks
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
from meetings.minutes_desk import read_desk
from meetings.models import (
    AgendaItem,
    Conclusion,
    Meeting,
    Minutes,
    MinutesComment,
    Opinion,
    Task,
    TypedText,
    Vote,
)
from meetings.views.minutes.doors import item_of
from members.requests import SignedInRequest

Bound = dict[str, forms.Form]
TEXTS = ("block", "opinion", "conclusion", "scratch")


def act_on(request: SignedInRequest, meeting: Meeting, found: Minutes | None, act: str) -> Bound | None:
    """Do what was pressed; the form to show again when it has errors."""
    if act == "start":
        minutes.start_minutes(meeting, by=request.user)
        return None
    if found is None:
        raise ValidationError("Chưa bắt đầu ghi biên bản.")
    if act in TEXTS:
        form = text_form(act, request, meeting)
        if not form.is_valid():
            return {act: form}
        save_text(act, found, item_of(request, meeting), form, request)
        return None
    if act.endswith("_remove"):
        _remove(request, meeting, act)
        return None
    if act in _FORMS:
        return _FORMS[act](request, found)
    _press(request, found, act)
    return None


def text_form(kind: str, request: SignedInRequest, meeting: Meeting) -> SavedForm:
    match kind:
        case "block":
            return BlockForm(request.POST)
        case "opinion":
            return OpinionForm(request.POST, meeting=meeting)
        case "conclusion":
            return ConclusionForm(request.POST)
        case _:
            return ScratchForm(request.POST)


def keep_aside(request: SignedInRequest, found: Minutes, kind: str, changed: minutes.TextChanged) -> None:
    """What met a newer text stays among the saves; a scratch pad is nobody else's to read."""
    if kind == "scratch":
        return
    key = str(changed.item.pk) if kind == "block" else request.POST.get("key", "")
    minutes.set_aside(found, changed, f"{kind}:{key}", by=request.user)


def save_text(
    kind: str, found: Minutes, item: AgendaItem, form: SavedForm, request: SignedInRequest
) -> TypedText:
    taken = form.taken()
    match kind:
        case "block":
            return minutes.save_block(found, item, by=request.user, **taken)
        case "opinion":
            return minutes.save_opinion(found, item, by=request.user, **taken)
        case "conclusion":
            return minutes.save_conclusion(found, item, by=request.user, **taken)
        case _:
            return minutes.save_scratch(found, item, by=request.user, **taken)


def _vote(request: SignedInRequest, found: Minutes) -> Bound | None:
    form = VoteForm(request.POST)
    if not form.is_valid():
        return {"vote": form}
    minutes.record_vote(found, item_of(request, found.meeting), by=request.user, **form.cleaned_data)
    return None


def _task(request: SignedInRequest, found: Minutes) -> Bound | None:
    form = TaskForm(request.POST, meeting=found.meeting)
    if not form.is_valid():
        return {"task": form}
    given = dict(form.cleaned_data)
    try:
        tasks.turn_into_task(given.pop("conclusion"), by=request.user, **given)
    except ValidationError as error:
        form.add_error(None, error)
        return {"task": form}
    messages.success(request, "Đã ghi nhiệm vụ. Nhiệm vụ được gửi đi khi ban hành kết luận.")
    return None


def _ask(request: SignedInRequest, found: Minutes) -> Bound | None:
    form = AskForm(request.POST)
    if not form.is_valid():
        return {"ask": form}
    minutes.ask_for_comments(found, by=request.user, until=form.cleaned_data["until"])
    messages.success(request, "Đã gửi dự thảo để các đại biểu chính thức góp ý.")
    return None


def _comment(request: SignedInRequest, found: Minutes) -> Bound | None:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return {"comment": form}
    minutes.comment_on_minutes(found, by=request.user, **form.cleaned_data)
    messages.success(request, "Đã ghi ý kiến của đồng chí. Sửa được đến hết hạn góp ý.")
    return None


_FORMS = {"vote": _vote, "task": _task, "ask": _ask, "comment": _comment}


def _press(request: SignedInRequest, found: Minutes, act: str) -> None:
    by, reason = request.user, request.POST.get("reason", "")
    match act:
        case "suggest":
            _suggest(request, found)
        case "sign":
            minutes.sign_minutes(found, by=by)
            messages.success(request, "Đã ký và trình người chủ trì.")
        case "end_comments":
            minutes.end_comments(found, by=by)
            messages.success(request, "Đã kết thúc lấy ý kiến. Trả lời từng góp ý rồi ký.")
        case "reply":
            comment = get_object_or_404(
                MinutesComment.objects.visible_to(by), pk=_row(request), minutes=found
            )
            minutes.reply_to_comment(comment, reply=request.POST.get("reply", ""), by=by)
        case "return":
            minutes.return_minutes(found, reason=reason, by=by)
            messages.success(request, "Đã trả lại biên bản.")
        case "reopen":
            minutes.reopen_minutes(found, reason=reason, by=by)
            messages.success(request, "Đã mở lại. Bản đã duyệt vẫn giữ nguyên và vẫn đọc được.")
        case "approve":
            approved = minutes.approve_minutes(found, by=by)
            messages.success(request, f"Đã duyệt. Biên bản mang số {approved.symbol}.")
        case _:
            raise ValidationError("Chưa hiểu nút vừa bấm.")


def _suggest(request: SignedInRequest, found: Minutes) -> None:
    """The first sentence from what is known; refused where somebody has written already."""
    item = item_of(request, found.meeting)
    [one] = read_desk(found.meeting, request.user, AgendaItem.objects.filter(pk=item.pk))
    if one.body:
        raise ValidationError(f"Mục {item.position} đã có chữ, cổng không ghi đè.")
    minutes.save_block(found, item, body=one.suggestion, by=request.user)


def _remove(request: SignedInRequest, meeting: Meeting, act: str) -> None:
    row, by = _row(request), request.user
    match act:
        case "opinion_remove":
            opinion = get_object_or_404(Opinion, key=_key(request), agenda_item__meeting=meeting)
            minutes.remove_opinion(opinion, by=by)
        case "conclusion_remove":
            line = get_object_or_404(Conclusion, key=_key(request), meeting=meeting)
            conclusions.remove_conclusion(line, by=by)
        case "vote_remove":
            minutes.remove_vote(get_object_or_404(Vote, pk=row, agenda_item__meeting=meeting), by=by)
        case "task_remove":
            tasks.remove_task(get_object_or_404(Task, pk=row, conclusion__meeting=meeting), by=by)
        case _:
            raise ValidationError("Chưa hiểu nút vừa bấm.")


def _row(request: SignedInRequest) -> int:
    key = request.POST.get("row", "")
    return int(key) if key.isdecimal() else 0


def _key(request: SignedInRequest) -> UUID:
    try:
        return UUID(request.POST.get("key") or request.POST.get("row", ""))
    except ValueError as error:
        raise Http404 from error
