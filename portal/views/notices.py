"""My notices, and the board on which the office follows a sending and decides about doubtful letters."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal import outbox
from portal.models import ChannelBreaker, Delivery, Notice, PortalNotice
from portal.notice_forms import BoardForm, DecisionForm, PageForm
from portal.outbox.progress import progress_of

PAGE = 20
BOARD_PAGE = 50
NOT_YOURS = "Chỉ nơi gửi thông báo này xem bảng gửi và quyết định được về các thư của nó."


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Newest first; "older" starts behind the last one shown, at any depth by the same index."""
    mine = PortalNotice.objects.visible_to(request.user)  # type: ignore[arg-type]
    page = mine.newest_first()
    form = PageForm(request.GET)
    if form.is_valid() and form.cleaned_data["truoc"]:
        last = get_object_or_404(mine, pk=form.cleaned_data["truoc"])
        page = page.filter(Q(shown_from__lt=last.shown_from) | Q(shown_from=last.shown_from, pk__lt=last.pk))
    shown = list(page[: PAGE + 1])
    older = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return render(request, "portal/notices.html", {"notices": shown[:PAGE], "older": older})


@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened is not confirmed: this only takes the mark away."""
    mine = get_object_or_404(PortalNotice.objects.visible_to(request.user), pk=pk)  # type: ignore[arg-type]
    if mine.read_at is None:
        mine.read_at = timezone.now()
        mine.save(update_fields=["read_at"])
    return redirect(mine.notice.url)


@require_GET
def notice_board(request: HttpRequest, pk: int) -> HttpResponse:
    notice = _seen_by(request, pk)
    form = BoardForm(request.GET)
    rows = notice.deliveries.order_by("pk")
    state = form.cleaned_data["trang_thai"] if form.is_valid() else ""
    if state:
        rows = rows.filter(state=state)
    if form.is_valid() and (after := form.cleaned_data["sau"]):
        rows = rows.filter(pk__gt=after)
    shown = list(rows[: BOARD_PAGE + 1])
    context = _progress(request, notice) | {
        "form": form,
        "state": state,
        "deliveries": shown[:BOARD_PAGE],
        "next": shown[BOARD_PAGE - 1].pk if len(shown) > BOARD_PAGE else None,
    }
    return render(request, "portal/notice_board.html", context)


@require_GET
def notice_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment the board asks for every two seconds while letters are leaving."""
    return render(request, "portal/parts/progress.html", _progress(request, _seen_by(request, pk)))


@require_POST
def notice_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    notice = _decided_by(request, pk)
    try:
        stopped = outbox.cancel(notice, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Đã hủy gửi {stopped} thư.")
    return redirect("notice_board", pk=notice.pk)


@require_POST
def delivery_decide(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery, pk=pk)
    notice = _decided_by(request, delivery.notice_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise PermissionDenied("Không có cách quyết định này.")
    try:
        form.cleaned_data["act"](delivery, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"{form.done}: {delivery.name}.")
    return redirect("notice_board", pk=notice.pk)


def _seen_by(request: HttpRequest, pk: int) -> Notice:
    """The notice, for those whom its app lets see to whom it went, and for who keeps the mail running."""
    notice = get_object_or_404(Notice.objects.select_related("posted_by"), pk=pk)
    user = cast(AbstractBaseUser, request.user)
    if outbox.may_see_board(user, notice) or outbox.may_watch(user):
        return notice
    if outbox.is_known_to(user, notice):
        raise PermissionDenied(NOT_YOURS)
    raise Http404


def _decided_by(request: HttpRequest, pk: int) -> Notice:
    notice = _seen_by(request, pk)
    if not outbox.may_decide(request.user, notice):  # type: ignore[arg-type]
        raise PermissionDenied(NOT_YOURS)
    return notice


def _progress(request: HttpRequest, notice: Notice) -> dict[str, object]:
    return {
        "notice": notice,
        "progress": progress_of(notice, timezone.now()),
        "label": outbox.label_of(notice),
        "is_open": outbox.may_see_board(request.user, notice),  # type: ignore[arg-type]
        "may_decide": outbox.may_decide(request.user, notice),  # type: ignore[arg-type]
        "trouble": ChannelBreaker.objects.filter(opened_at__isnull=False).first(),
    }
