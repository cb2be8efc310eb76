"""Training classes: the list, one class with its learners and results, learners put in and taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members import actions
from members.actions.training import Result
from members.documents import learner_book
from members.forms import CourseFilter, CourseForm, LearnersForm, ReasonForm, ResultForm
from members.models import (
    CourseKind,
    Enrollment,
    LearningResult,
    PartyMember,
    PartyOrganization,
    RuleBook,
    TrainingCourse,
)
from members.permissions import can_open_register
from members.requests import SignedInRequest
from members.training import learners_of, pasted_lines, valid_until
from members.views.exports import Export, ask_and_export
from portal.numbers import number
from portal.vietnamese import name_sort_key

NOT_OPEN = "Lớp bồi dưỡng chỉ mở cho cấp ủy quản lý tổ chức."
PAGE_SIZE = 50


@require_safe
def courses(request: SignedInRequest) -> HttpResponse:
    """The classes of one's own part of the tree, the latest first."""
    user = request.user
    if not can_open_register(user):
        raise PermissionDenied(NOT_OPEN)
    form = CourseFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = TrainingCourse.objects.visible_to(user).select_related("organization")
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if after := asked.get("after"):
        day, _, last = after.partition(".")
        rows = rows.filter(Q(ends_on__lt=day) | Q(ends_on=day, pk__gt=last))
    counted = rows.annotate(
        learners=Count("enrollments"),
        passed=Count("enrollments", filter=Q(enrollments__result=LearningResult.PASSED)),
    )
    found = list(counted.order_by("-ends_on", "pk")[: PAGE_SIZE + 1])
    last_shown = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    kept = {"kind": asked["kind"]} if asked.get("kind") else {}
    more = kept | {"after": f"{last_shown.ends_on:%Y-%m-%d}.{last_shown.pk}"} if last_shown else {}
    context = {"form": form, "courses": found[:PAGE_SIZE], "next": f"?{urlencode(more)}" if more else ""}
    return render(request, "members/training/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_course(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if not can_open_register(user):
        raise PermissionDenied(NOT_OPEN)
    mine = PartyOrganization.objects.visible_to(user).managed_by(user).on(timezone.localdate())
    form = CourseForm(request.POST if request.method == "POST" else None, organizations=mine.in_tree_order())
    if request.method == "POST" and form.is_valid():
        made = actions.open_course(form.save(commit=False), by=user)
        messages.success(request, "Đã mở lớp. Thêm học viên ở dưới.")
        return redirect("members:course_enroll", made.pk)
    return render(request, "members/training/open.html", {"form": form})


@dataclass(frozen=True)
class Row:
    enrollment: Enrollment
    form: ResultForm
    valid_until: Any


@require_http_methods(["GET", "HEAD", "POST"])
def course(request: SignedInRequest, pk: int) -> HttpResponse:
    """The learners of a class; results and certificates of all on one page."""
    found = _course(request, pk)
    data = request.POST if request.method == "POST" else None
    rules = RuleBook()
    rows = [
        Row(one, ResultForm(data, prefix=f"h{one.pk}", row=one), valid_until(one, rules))
        for one in _learners(found)
    ]
    if data is not None and all(row.form.is_valid() for row in rows):
        given = [_result(row) for row in rows]
        try:
            changed = actions.record_results(found, given, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"Đã ghi {number(changed)} kết quả.")
            return redirect("members:course", pk)
    context = {
        "course": found,
        "rows": rows,
        "wrong": [row for row in rows if row.form.errors],
        "passed": sum(1 for row in rows if row.enrollment.result == LearningResult.PASSED),
        "has_end": found.kind == CourseKind.AWARENESS,
        "visible": PartyMember.objects.keys_for(request.user, [row.enrollment.member_id for row in rows]),
        "today": timezone.localdate(),
    }
    return render(request, "members/training/course.html", context)


def _result(row: Row) -> Result:
    given = row.form.cleaned_data
    result = LearningResult(given["result"]) if given["result"] else None
    return Result(row.enrollment.pk, result, given["certificate_number"], given["certified_on"])


@require_http_methods(["GET", "HEAD", "POST"])
def enroll(request: SignedInRequest, pk: int) -> HttpResponse:
    """A pasted list: all its lines, or none and what is wrong with which."""
    found = _course(request, pk)
    form = LearnersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        read = learners_of(found, pasted_lines(form.cleaned_data["lines"]), request.user)
        if read.faults:
            for fault in read.faults:
                form.add_error("lines", fault)
        else:
            new = actions.enroll(found, members=read.members, candidates=read.candidates, by=request.user)
            messages.success(request, f"Đã thêm {number(new)} học viên.")
            return redirect("members:course", pk)
    context = {"course": found, "form": form, "is_for_members": found.kind == CourseKind.NEW_MEMBERS}
    return render(request, "members/training/enroll.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _course(request, pk)
    rows = _learners(found)
    export = Export(
        action="members.export_learners",
        title="danh sách học viên",
        counted=f"{number(len(rows))} học viên",
        count=len(rows),
        name=f"Hoc vien {found.starts_on}.xlsx",
        back=reverse("members:course", args=[pk]),
        write=lambda: learner_book(f"Danh sách học viên {found.name}", rows),
        about=found,
    )
    return ask_and_export(request, export)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, pk: int, enrollment: int) -> HttpResponse:
    found = _course(request, pk)
    seen = Enrollment.objects.visible_to(request.user).select_related("course__organization")
    row = get_object_or_404(seen, pk=enrollment, course=found)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_learner(row, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Đã bỏ tên khỏi lớp.")
            return redirect("members:course", pk)
    return render(request, "members/training/remove.html", {"course": found, "row": row, "form": form})


def _course(request: SignedInRequest, pk: int) -> TrainingCourse:
    visible = TrainingCourse.objects.visible_to(request.user).select_related("organization")
    return get_object_or_404(visible, pk=pk)


def _learners(course: TrainingCourse) -> list[Enrollment]:
    """By given name, whichever table they stand in."""
    rows = course.enrollments.select_related("course", "member__organization", "candidate__organization")
    return sorted(rows, key=lambda row: (name_sort_key(row.learner.full_name), row.pk))
