"""Lists of work by the day it falls due: on screen, as a workbook, and told to the organisations."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import actions
from members.badges import coming_days, forecast
from members.documents import duty_book
from members.forms import DutyFilter, ReceiptForm
from members.models import PartyMember, PartyOrganization, RecordCorrection, Transfer
from members.permissions import can_open_register, can_receive, manages
from members.queues import QUEUES, Queue, Step
from members.queues.pages import page_of
from members.queues.transfers import Transfers
from members.requests import SignedInRequest
from members.views.exports import Export, ask_and_export
from portal.filters import filters_of
from portal.numbers import number

FILTERS = ("step", "organization")


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """All lists with what stands at each step."""
    mine = _organizations(request)
    today = timezone.localdate()
    lists = [(queue, list(queue.counts(mine, today).items())) for queue in QUEUES.values()]
    days = coming_days(today)
    context = {
        "corrections": RecordCorrection.objects.to_decide(request.user).count(),
        "lists": lists,
        "steps": list(Step),
        "award_on": days[0] if days else None,
        "badges": sum(one.is_open for one in forecast(mine, days[0])) if days else 0,
    }
    return render(request, "members/queues/overview.html", context)


@require_safe
def queue(request: SignedInRequest, code: str) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    queue, form, rows = _asked(request, code, today)
    page = page_of(queue, rows, today, form.cleaned_data.get("after", "") if form.is_valid() else "")
    context = {
        "queue": queue,
        "queues": QUEUES.values(),
        "form": form,
        "page": page,
        "total": rows.count(),
        "visible": PartyMember.objects.keys_for(user, [duty.member.pk for duty in page.duties]),
        "filters": urlencode(filters_of(request, FILTERS)),
        "next": f"?{urlencode({**filters_of(request, FILTERS), 'after': page.after})}" if page.after else "",
        "is_received_here": queue.code == Transfers.code,
        "receivable": {duty.pk for duty in page.duties if manages(user, duty.organization)},
    }
    return render(request, "members/queues/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest, code: str) -> HttpResponse:
    """The list as it is filtered."""
    today = timezone.localdate()
    queue, form, rows = _asked(request, code, today)
    total = rows.count()
    export = Export(
        action="members.export_duties",
        title=f"danh sách “{queue.title}”",
        counted=f"{number(total)} dòng",
        count=total,
        name=f"{queue.title} {today:%Y-%m-%d}.xlsx",
        back=reverse("members:queue", args=[code], query=filters_of(request, FILTERS)),
        write=lambda: duty_book(queue, queue.duties(rows.order_by("due", "pk").iterator(), today)),
        filters=filters_of(request, FILTERS),
    )
    return ask_and_export(request, export)


@require_POST
def tell(request: SignedInRequest, code: str) -> HttpResponse:
    queue, form, rows = _asked(request, code, timezone.localdate())
    try:
        told = actions.tell_asked(queue, rows, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"Đã báo cho {told} tổ chức.")
    return redirect(reverse("members:queue", args=[code], query=filters_of(request, FILTERS)))


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receiving organisation notes the day it saw the letter."""
    visible = Transfer.objects.visible_to(request.user).select_related(
        "member", "from_organization", "to_organization"
    )
    transfer = get_object_or_404(visible, pk=pk)
    if not can_receive(request.user, transfer):
        raise PermissionDenied("Nơi nhận ghi tiếp nhận; chuyển ra ngoài đảng bộ thì nơi đi ghi.")
    form = ReceiptForm(
        request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.receive_transfer(transfer, by=request.user, on=form.cleaned_data["on"])
        except ValidationError as error:
            form.add_error("on", error.messages)
        else:
            messages.success(request, "Đã ghi ngày tiếp nhận.")
            return redirect("members:queue", Transfers.code)
    return render(request, "members/queues/receive.html", {"form": form, "transfer": transfer})


def _asked(
    request: SignedInRequest, code: str, today: datetime.date
) -> tuple[Queue, DutyFilter, QuerySet[Any]]:
    """The list and its rows as far as the reader's own part of the tree goes."""
    mine = _organizations(request)
    if code not in QUEUES:
        raise Http404("Không có danh sách việc này.")
    queue = QUEUES[code]
    form = DutyFilter(request.GET, organizations=mine.in_tree_order())
    asked = form.cleaned_data if form.is_valid() else {}
    places = mine
    if organization := asked.get("organization"):
        places = mine.filter(path__contains=[organization.pk])
    rows = queue.within(places, today)
    if step := asked.get("step"):
        rows = rows.filter(Step(step).window(today))
    return queue, form, rows


def _organizations(request: SignedInRequest) -> Any:
    if not can_open_register(request.user):
        raise PermissionDenied("Danh sách việc chỉ mở cho cấp ủy quản lý tổ chức.")
    return PartyOrganization.objects.visible_to(request.user).managed_by(request.user)
