"""The annual work programme: what is done, what is due, what is late; and the office's pen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import programs as actions
from meetings.forms.programs import ProgramForm, ProgramItemForm, YearForm, typed
from meetings.models import Meeting, MeetingState, WorkProgram, WorkProgramItem
from meetings.permissions import can_keep_program
from meetings.programs import row_of
from meetings.views.office import attempt, form_page, posted
from members.requests import SignedInRequest
from members.roles import Role

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def programs(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_role(Role.OFFICE, Role.SECRETARY):
        raise PermissionDenied("Chương trình công tác dành cho Văn phòng và người phụ trách tổ chức.")
    today = timezone.localdate()
    seen = WorkProgram.objects.visible_to(request.user)
    years = list(seen.order_by("-year").values_list("year", flat=True).distinct())
    year = YearForm(request.GET).among(years)
    meetings = Prefetch(
        "meetings",
        Meeting.objects.visible_to(request.user).exclude(state=MeetingState.CANCELLED).in_order(),
        to_attr="live_meetings",
    )
    items = WorkProgramItem.objects.select_related("preparing_body", "meeting_kind").prefetch_related(
        meetings
    )
    found = seen.filter(year=year).select_related("body").prefetch_related(Prefetch("items", items))
    context = {
        "programs": [
            (program, [row_of(item, program.year, today) for item in program.items.all()])
            for program in found
        ],
        "year": year,
        "years": years,
        "is_office": can_keep_program(request.user),
    }
    return render(request, "meetings/office/programs.html", context)


@get_or_post
def create_program(request: SignedInRequest) -> HttpResponse:
    _office_only(request)
    form = ProgramForm(posted(request), initial={"year": timezone.localdate().year})
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return form_page(
        request,
        meeting=None,
        form=form,
        title="Lập chương trình công tác năm",
        button="Lập chương trình",
        act=lambda plan: actions.create_program(by=request.user, **plan),
        done="Đã lập chương trình. Thêm từng việc, hoặc chép từ năm trước.",
        then=_address(given.get("year")),
        back=_address(),
    )


@get_or_post
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    _office_only(request)
    program = get_object_or_404(WorkProgram.objects.visible_to(request.user), pk=pk)
    return form_page(
        request,
        meeting=None,
        form=ProgramItemForm(posted(request)),
        title=f"Thêm việc: {program}",
        button="Thêm việc",
        act=lambda plan: actions.add_item(program, by=request.user, **plan),
        done="Đã thêm việc vào chương trình.",
        then=_address(program.year),
        back=_address(program.year),
    )


@get_or_post
def edit_item(request: SignedInRequest, pk: int) -> HttpResponse:
    _office_only(request)
    item = _item(request, pk)
    year = item.program.year
    return form_page(
        request,
        meeting=None,
        form=ProgramItemForm(posted(request), initial=typed(item)),
        title="Sửa việc trong chương trình",
        button="Lưu",
        act=lambda plan: actions.change_item(item, by=request.user, **plan),
        done="Đã sửa. Hội nghị lập từ việc này vẫn giữ liên kết.",
        then=_address(year),
        back=_address(year),
    )


@require_POST
def remove_item(request: SignedInRequest, pk: int) -> HttpResponse:
    _office_only(request)
    item = _item(request, pk)
    attempt(request, lambda: actions.remove_item(item, by=request.user), "Đã bỏ việc khỏi chương trình.")
    return redirect(_address(item.program.year))


@require_POST
def copy_last_year(request: SignedInRequest, pk: int) -> HttpResponse:
    _office_only(request)
    program = get_object_or_404(WorkProgram.objects.visible_to(request.user), pk=pk)
    done = "Đã chép chương trình năm trước. Kiểm tra lại từng việc."
    attempt(request, lambda: actions.copy_last_year(program, by=request.user), done)
    return redirect(_address(program.year))


def _item(request: SignedInRequest, pk: int) -> WorkProgramItem:
    seen = WorkProgramItem.objects.visible_to(request.user).select_related("program")
    return get_object_or_404(seen, pk=pk)


def _address(year: int | None = None) -> str:
    return reverse("meetings:programs") + (f"?nam={year}" if year else "")


def _office_only(request: SignedInRequest) -> None:
    if not can_keep_program(request.user):
        raise PermissionDenied("Chương trình công tác do Văn phòng ghi.")
