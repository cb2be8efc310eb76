"""The agenda editor: items in order, and the papers under them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import agenda as actions
from meetings.actions.meetings import get_edit_refusal
from meetings.forms.preparation import ItemForm, OrderForm
from meetings.models import AgendaItem, Meeting, Paper, PaperRequest, PaperState, overrun_of, start_times
from meetings.views.office import attempt, form_page, posted, prepared_by, refused
from members.requests import SignedInRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agenda(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    today = timezone.localdate()
    handed_in = Paper.objects.visible_to(request.user)
    papers = handed_in.filter(superseded_at__isnull=True).exclude(state=PaperState.RETURNED)
    listed = meeting.agenda.select_related("presenter").prefetch_related(Prefetch("papers", papers))
    items = list(listed.order_by("position"))
    owed = PaperRequest.objects.visible_to(request.user).filter(agenda_item__meeting=meeting)
    context = {
        "meeting": meeting,
        "agenda": list(zip(start_times(items, meeting.starts_at), items, strict=True)),
        "total": sum(item.minutes for item in items),
        "owed": [
            (asked, next(iter(asked.papers.all()), None), asked.is_late(today))
            for asked in owed.select_related("organization", "agenda_item").prefetch_related(
                Prefetch("papers", handed_in.order_by("-number"))
            )
        ],
        "overrun": overrun_of(items, meeting),
        "refusal": get_edit_refusal(meeting),
    }
    return render(request, "meetings/office/agenda.html", context)


@get_or_post
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if refusal := get_edit_refusal(meeting):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=ItemForm(posted(request), meeting=meeting),
        title="Thêm mục chương trình",
        button="Thêm mục",
        act=lambda given: actions.add_item(meeting, by=request.user, **given),
        done="Đã thêm mục.",
        then=_page(meeting),
    )


@get_or_post
def edit_item(request: SignedInRequest, pk: int, item_id: int) -> HttpResponse:
    meeting, item = item_of(request, pk, item_id)
    if refusal := get_edit_refusal(meeting):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=ItemForm(posted(request), meeting=meeting, instance=AgendaItem.objects.get(pk=item.pk)),
        title=f"Sửa mục {item.position}",
        button="Lưu",
        act=lambda given: actions.edit_item(item, by=request.user, **given),
        done="Đã lưu mục.",
        then=_page(meeting),
    )


@require_POST
def move_item(request: SignedInRequest, pk: int, item_id: int) -> HttpResponse:
    meeting, item = item_of(request, pk, item_id)
    step = -1 if "up" in request.POST else 1
    attempt(
        request, lambda: actions.move_item(item, to=item.position + step, by=request.user), "Đã chuyển mục."
    )
    return redirect(_page(meeting))


@require_POST
def order_items(request: SignedInRequest, pk: int) -> HttpResponse:
    """All items dragged into place, sent at once by the script of the page."""
    meeting = prepared_by(request, pk)
    form = OrderForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: actions.order_items(meeting, order=form.cleaned_data["order"], by=request.user),
            "Đã xếp lại chương trình.",
        )
    else:
        messages.error(request, form.errors.as_data()["order"][0].messages[0])
    return redirect(_page(meeting))


@require_POST
def remove_item(request: SignedInRequest, pk: int, item_id: int) -> HttpResponse:
    meeting, item = item_of(request, pk, item_id)
    attempt(request, lambda: actions.remove_item(item, by=request.user), "Đã bỏ mục.")
    return redirect(_page(meeting))


def item_of(request: SignedInRequest, pk: int, item_id: int) -> tuple[Meeting, AgendaItem]:
    meeting = prepared_by(request, pk)
    return meeting, get_object_or_404(meeting.agenda.select_related("meeting"), pk=item_id)


def _page(meeting: Meeting) -> str:
    return reverse("meetings:agenda", args=[meeting.pk])
