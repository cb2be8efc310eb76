"""The desk's script talks to these: save one text, say who is there and what changed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_POST

from meetings import minutes_desk, minutes_record
from meetings.actions import minutes
from meetings.forms.desk import PresenceForm
from meetings.models import AgendaItem, Minutes, TypedText
from meetings.roll import roll_of
from meetings.views.minutes import doors
from meetings.views.minutes.writing import TEXTS, keep_aside, save_text, text_form
from members.requests import SignedInRequest
from portal import dates, richtext
from portal.answers import json_answer

SIGN_IN = "Phiên làm việc đã kết thúc. Đăng nhập lại để tiếp tục; chữ đã gõ còn nguyên trên máy này."


@require_POST
@login_not_required
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """One text, on top of the revision it was read at. 409 carries both texts, 401 asks to sign in."""
    if not request.user.is_authenticated:
        return json_answer({"sentence": SIGN_IN}, status=401)
    return _save(request, pk)  # type: ignore[arg-type]


def _save(request: SignedInRequest, pk: int) -> JsonResponse:
    kind = request.POST.get("act", "")
    meeting, found = doors.minutes_of(request, pk)
    try:
        doors.permit(request, meeting, kind)
    except PermissionDenied as refused:
        return json_answer({"sentence": str(refused)}, status=403)
    if found is None or kind not in TEXTS:
        return json_answer({"sentence": "Chưa bắt đầu ghi biên bản."}, status=400)
    item = doors.item_of(request, meeting)
    form = text_form(kind, request, meeting)
    if not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return json_answer({"sentence": " ".join(sentences)}, status=400)
    try:
        row = save_text(kind, found, item, form, request)
    except minutes.TextChanged as changed:
        keep_aside(request, found, kind, changed)
        return json_answer(_both(kind, changed), status=409)
    except ValidationError as refused:
        return json_answer({"sentence": " ".join(refused.messages)}, status=423)
    return json_answer({"revision": row.revision, "at": dates.hour(row.updated_at)})


def _both(kind: str, changed: minutes.TextChanged) -> dict[str, Any]:
    """What stands, and what was sent; formatted text cleaned, so that the dialog may show it."""
    mine = {name: _shown(name, value) for name, value in changed.mine.items()}
    if changed.row is None:
        theirs: dict[str, Any] = {"revision": 0, "by": "", "at": "", "fields": {}}
    else:
        theirs = _as_text(kind, changed.row)
    return {"sentence": " ".join(changed.messages), "theirs": theirs, "mine": mine}


def _as_text(kind: str, row: TypedText) -> dict[str, Any]:
    match kind:
        case "opinion":
            return minutes_desk.opinion_text(row)  # type: ignore[arg-type]
        case "conclusion":
            return minutes_desk.conclusion_text(row)  # type: ignore[arg-type]
        case _:
            name = "body" if kind == "block" else "text"
            return minutes_desk.text_of(kind, "", row, {name: getattr(row, name)})


def _shown(name: str, value: Any) -> str:
    if name == "body":
        return richtext.clean(value)
    return str(getattr(value, "pk", value) or "")


@require_POST
@login_not_required
def presence(request: HttpRequest, pk: int) -> JsonResponse:
    """A sign of life; the answer says who else is there, what others wrote, and what is lacking."""
    if not request.user.is_authenticated:
        return json_answer({"sentence": SIGN_IN}, status=401)
    return _presence(request, pk)  # type: ignore[arg-type]


def _presence(request: SignedInRequest, pk: int) -> JsonResponse:
    meeting, found = doors.minutes_of(request, pk)
    try:
        doors.permit(request, meeting, "presence")
    except PermissionDenied as refused:
        return json_answer({"sentence": str(refused)}, status=403)
    form = PresenceForm(request.POST)
    if found is None or not form.is_valid():
        return json_answer({"sentence": "Chưa bắt đầu ghi biên bản."}, status=400)
    item = doors.item_of(request, meeting)
    others = minutes.note_presence(found, item, desk=form.cleaned_data["desk"], by=request.user)
    seen = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
    desk = minutes_desk.read_desk(meeting, request.user, seen)
    here = next(one for one in desk if one.item.pk == item.pk)
    return json_answer(
        {
            "account": request.user.pk,
            "token": get_token(request),
            "refusal": found.get_write_refusal() or "",
            "others": [
                {"name": str(one.user), "item": str(one.agenda_item_id), "number": one.agenda_item.position}
                for one in others
            ],
            "texts": minutes_desk.texts_of(here),
            "states": [minutes_desk.state_of(one) for one in desk],
            **_standing(found),
        }
    )


def _standing(found: Minutes) -> dict[str, Any]:
    roll = roll_of(found.meeting)
    return {
        "present": roll.quorum.present,
        "convened": roll.quorum.convened,
        "sentence": roll.sentence(found.meeting.body.name),
        "lacking": minutes_record.get_lacking(found),
    }
