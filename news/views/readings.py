"""Documents to be studied: what I owe, one document with its acknowledgement, how far others have come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.requests import SignedInRequest
from news import actions, audience, coverage, permissions
from news.forms import AcknowledgeForm, ChangeForm, CoverageForm, DirectiveForm, RequireForm
from news.models import Article, Directive, Reader, RequiredReading
from news.models.directives import ReaderQuerySet
from news.views.desk import for_editors

ASK = ["GET", "HEAD", "POST"]
MOST_ROWS = 200


@require_safe
def readings(request: SignedInRequest) -> HttpResponse:
    """What I have to read, what I have read, and for those who answer for others how far these are."""
    user = request.user
    seen = Reader.objects.visible_to(user)
    mine = seen.filter(user=user, reading__article__in=Article.objects.published_to(user))
    done = mine.acknowledged().select_related("reading__article", "reading__article__directive")
    overseen: list[Any] = []
    if permissions.oversees_readings(user):
        overseen = list(
            RequiredReading.objects.visible_to(user)
            .filter(readers__in=seen)
            .select_related("article", "article__directive")
            .distinct()
            .order_by("-asked_at", "-pk")[:MOST_ROWS]
        )
    context = {
        "owed": list(seen.owed_by(user)),
        "done": list(done.order_by("-acknowledged_at", "-pk")[:MOST_ROWS]),
        "overseen": overseen,
    }
    return render(request, "news/readings/list.html", context)


@require_http_methods(ASK)
def reading(request: SignedInRequest, pk: int) -> HttpResponse:
    """The document as its readers see it. Opening is noted; acknowledging is a word of one's own."""
    user = request.user
    found = _reading(request, pk)
    reader = None if found.ended_at else actions.open_reading(found, by=user)
    form = AcknowledgeForm(request.POST or None, initial={"edition": found.edition})
    status = 200
    if request.method == "POST":
        if reader is None:
            raise PermissionDenied("Đồng chí không có trong danh sách phải đọc văn bản này.")
        if form.is_valid():
            try:
                actions.acknowledge(found, by=user, edition=form.cleaned_data["edition"])
            except ValidationError as error:
                form = AcknowledgeForm(initial={"edition": found.edition})
                messages.error(request, " ".join(error.messages))
                status = 409
            else:
                messages.success(request, "Đã ghi nhận đồng chí đọc và xác nhận văn bản này.")
                return redirect(found)
    context = {
        "reading": found,
        "article": found.article,
        "directive": Directive.objects.visible_to(user).filter(article=found.article).first(),
        "files": list(found.article.attachments.all()),
        "reader": reader,
        "form": form,
        "oversees": permissions.oversees_readings(user),
    }
    return render(request, "news/readings/reading.html", context, status=status)


@require_safe
def covered(request: SignedInRequest, pk: int) -> HttpResponse:
    """Figures by organisation, each opening to its names; a secretary sees those of his own."""
    found = _reading(request, pk)
    if not permissions.oversees_readings(request.user):
        raise PermissionDenied("Kết quả đọc chỉ dành cho biên tập viên và bí thư, với tổ chức của mình.")
    seen = Reader.objects.visible_to(request.user).filter(reading=found)
    if not seen.exists():
        raise Http404("Không có người phải đọc nào trong phạm vi của đồng chí.")
    rows = coverage.by_unit(found, seen)
    form = CoverageForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    unit, kind = asked.get("don_vi"), asked.get("loc", "")
    names = _behind(seen, kind)
    if unit:
        names = names.filter(unit=unit)
    is_open = bool(unit or "loc" in request.GET)
    context = {
        "reading": found,
        "article": found.article,
        "rows": rows,
        "total": coverage.total(rows),
        "gone": seen.filter(left_on__isnull=False).count(),
        "unit": next((row for row in rows if row.unit == unit), None),
        "unit_pk": unit,
        "kind": kind,
        "heading": dict(CoverageForm.base_fields["loc"].choices).get(kind, ""),  # type: ignore[attr-defined]
        "names": list(names.select_related("reading")[: MOST_ROWS + 1]) if is_open else None,
        "most": MOST_ROWS,
        "can_write": permissions.can_write_news(request.user),
    }
    return render(request, "news/readings/coverage.html", context)


@require_http_methods(ASK)
@for_editors
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    known = Directive.objects.visible_to(request.user).filter(article=article).first()
    form = DirectiveForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        actions.describe_document(article, by=request.user, values=form.cleaned_data)
        messages.success(request, "Đã ghi thông tin văn bản.")
        return redirect(article)
    heading = "Thông tin văn bản"
    return render(request, "news/readings/form.html", {"form": form, "article": article, "heading": heading})


@require_http_methods(ASK)
@for_editors
def require(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask everybody the item is for to read it; told in words and numbers before it happens."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    known = RequiredReading.objects.visible_to(request.user).filter(article=article).first()
    if known is not None:
        return redirect("news:coverage", known.pk)
    form = RequireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.require_reading(article, by=request.user, due_on=form.cleaned_data["due_on"])
        except ValidationError as error:
            _say(form, error)
        else:
            messages.success(request, "Đã giao đọc. Thư đi sau hai phút; trong lúc đó hủy được.")
            return redirect("news:coverage", made.pk)
    people = audience.people_reached(article)
    units = {person.unit.pk: person.unit for person in people}
    context = {
        "form": form,
        "article": article,
        "heading": "Giao đọc và xác nhận",
        "words": audience.in_words(article),
        "people": len(people),
        "units": len(units),
    }
    return render(request, "news/readings/form.html", context)


@require_http_methods(ASK)
@for_editors
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _reading(request, pk)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_material(found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            _say(form, error)
        else:
            messages.success(request, "Đã báo thay đổi; mọi người phải đọc và xác nhận lại.")
            return redirect("news:coverage", found.pk)
    context = {
        "form": form,
        "article": found.article,
        "heading": "Thay đổi quan trọng, đọc lại",
        "reading": found,
    }
    return render(request, "news/readings/form.html", context)


@require_http_methods(ASK)
@for_editors
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nobody is asked any more; said beforehand how many have not acknowledged."""
    found = _reading(request, pk)
    form = Form(request.POST or None)
    if request.method == "POST":
        try:
            actions.end_reading(found, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Đã thôi giao đọc. Không ai bị nhắc nữa; kết quả vẫn xem được.")
        return redirect("news:coverage", found.pk)
    context = {
        "form": form,
        "article": found.article,
        "heading": "Thôi giao đọc",
        "ending": found,
        "silent": Reader.objects.visible_to(request.user).filter(reading=found).silent().count(),
    }
    return render(request, "news/readings/form.html", context)


def _reading(request: SignedInRequest, pk: int) -> RequiredReading:
    """Whoever may read the article may open it; what was withdrawn is gone here too."""
    visible = RequiredReading.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("article__author", "article__category"), pk=pk)


def _behind(seen: ReaderQuerySet, kind: str) -> ReaderQuerySet:
    match kind:
        case CoverageForm.DONE:
            return seen.acknowledged()
        case CoverageForm.SILENT:
            return seen.silent()
        case CoverageForm.OPENED:
            return seen.opened_only()
        case CoverageForm.UNOPENED:
            return seen.silent().exclude(pk__in=seen.opened_only().values("pk"))
        case CoverageForm.GONE:
            return seen.filter(left_on__isnull=False)
        case _:
            return seen.counted()


def _say(form: Any, error: ValidationError) -> None:
    if hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        form.add_error(None, " ".join(error.messages))
