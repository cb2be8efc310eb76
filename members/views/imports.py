"""Lists brought in: uploaded, looked through row by row, accepted, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions import imports
from members.forms import ColumnsForm, RowsFilter, UploadListForm
from members.imports import result
from members.imports.headers import FIELDS, label
from members.models import ImportBatch, ImportRow, PartyMember, PartyOrganization, RowState
from members.permissions import can_import_members
from members.requests import SignedInRequest
from portal import audit
from portal.files import attach
from portal.workbooks import CONTENT_TYPE

PAGE_SIZE = 50
MOST_BATCHES = 20
REFUSED = "Nhập danh sách chỉ mở cho cấp ủy quản lý tổ chức."


@dataclass(frozen=True)
class Change:
    """One field of a row on the page; numbers of a person's identity are masked there too."""

    field: str
    name: str
    before: str
    after: str
    is_kept: bool


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    user = request.user
    _require(request)
    mine = PartyOrganization.objects.visible_to(user).managed_by(user)
    organizations = mine.on(timezone.localdate()).in_tree_order()
    form = UploadListForm(request.POST or None, request.FILES or None, organizations=organizations)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            batch = imports.upload(asked["file"], organization=asked["organization"], by=user)
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            return redirect("members:import", pk=batch.pk)
    batches = ImportBatch.objects.visible_to(user).select_related("organization")[:MOST_BATCHES]
    return render(request, "members/imports/upload.html", {"form": form, "batches": batches})


@require_safe
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    form = RowsFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows, after = _page(batch, request, asked)
    context = {
        "batch": batch,
        "rows": [(row, _changes(row)) for row in rows],
        "states": [(state, batch.counts.get(state, 0)) for state in RowState],
        "shown": asked.get("state") or "",
        "next": f"?{urlencode({'state': asked.get('state') or '', 'after': after})}" if after else "",
        "columns": ColumnsForm(batch=batch),
        "sheets": sorted({sheet for one in batch.columns for sheet in one["sheets"]}),
        "refusal_all": batch.accept_refusal(only_good=False),
        "refusal_good": batch.accept_refusal(only_good=True),
        "asks_years": batch.rows.filter(
            state=RowState.ERROR, remarks__contains=[{"code": "two_digit_year"}]
        ).exists(),
        "skipped": batch.rows.filter(is_skipped=True).count(),
        "done": cache.get(imports.progress_key(batch.pk), 0),
    }
    return render(request, "members/imports/batch.html", context)


def _page(
    batch: ImportBatch, request: SignedInRequest, asked: dict[str, Any]
) -> tuple[list[ImportRow], int | None]:
    """Rows in the order of the file, those with errors alone where there are any and nothing is asked."""
    rows = ImportRow.objects.visible_to(request.user).filter(batch=batch).select_related("member")
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    if after := asked.get("after"):
        rows = rows.filter(pk__gt=after)
    found = list(rows.order_by("pk")[: PAGE_SIZE + 1])
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None


def _changes(row: ImportRow) -> list[Change]:
    return [
        Change(name, label(name), _shown(name, before), _shown(name, after), name in row.kept)
        for name, (before, after) in row.changes.items()
        if name in FIELDS and name != "organization"
    ]


def _shown(name: str, value: Any) -> str:
    if not value:
        return "trống"
    field = PartyMember._meta.get_field(name)
    if name == "citizen_number":
        return PartyMember(citizen_number=value).masked_citizen_number
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))  # type: ignore[union-attr]
    if field.get_internal_type() == "DateField":
        year, month, number = value.split("-")
        return f"{number}/{month}/{year}"
    return str(value)


@require_safe
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The part of the page that stays fresh while a worker is at it."""
    batch = _batch(request, pk)
    done = cache.get(imports.progress_key(batch.pk), 0)
    return render(request, "members/imports/progress.html", {"batch": batch, "done": done})


@require_POST
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    form = ColumnsForm(request.POST, batch=batch)
    if not form.is_valid():
        messages.error(request, "Năm hai chữ số là một số từ 0 đến 99.")
        return redirect("members:import", pk=pk)
    pivot = form.cleaned_data["pivot"]
    return _answer(
        request, pk, lambda: imports.remap(batch, fields=form.chosen(), pivot=pivot, by=request.user)
    )


@require_POST
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rows left out and fields kept, of the page that was shown."""
    batch = _batch(request, pk)
    shown = _numbers(request.POST.getlist("dong"))
    taken = _numbers(request.POST.getlist("lay"))
    fields = {(pk, name) for pk in shown for name in FIELDS if f"{pk}:{name}" in request.POST.getlist("giu")}

    def act() -> None:
        imports.choose(batch, shown=shown, skipped=shown - taken, kept=fields, by=request.user)
        messages.success(request, "Đã ghi lựa chọn của trang này.")

    return _answer(request, pk, act)


def _numbers(words: list[str]) -> set[int]:
    return {int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19}


@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    only_good = "only_good" in request.POST
    return _answer(request, pk, lambda: imports.accept(batch, only_good=only_good, by=request.user))


@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    return _answer(request, pk, lambda: imports.cancel(batch, by=request.user))


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)

    def act() -> None:
        imports.undo(batch, by=request.user)
        messages.success(request, "Đã hoàn tác: mọi hồ sơ trở lại như trước khi nhập.")

    return _answer(request, pk, act)


@require_safe
def outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list with its errors marked, to be mended in Excel and brought again."""
    batch = _batch(request, pk)
    remembered = imports.remembered(batch.organization)
    with batch.file.open("rb") as file:
        rows = ImportRow.objects.visible_to(request.user).filter(batch=batch)
        content = result.write(file, rows.iterator(), remembered)
    audit.record("members.download_import", about=batch, by=request.user, summary="Tải kết quả kiểm tra")
    return attach(content, name=f"Ket-qua-{batch.name}", content_type=CONTENT_TYPE)


def _answer(request: SignedInRequest, pk: int, act: Any) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("members:import", pk=pk)


def _batch(request: SignedInRequest, pk: int) -> ImportBatch:
    _require(request)
    visible = ImportBatch.objects.visible_to(request.user).select_related("organization")
    return get_object_or_404(visible, pk=pk)


def _require(request: SignedInRequest) -> None:
    if not can_import_members(request.user):
        raise PermissionDenied(REFUSED)
