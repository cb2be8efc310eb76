"""Papers: put under an item by the office, or owed by an organisation, handed in, accepted or sent back."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from meetings.actions import paper_letters
from meetings.actions.meetings import get_edit_refusal, lock, refuse
from meetings.models import AgendaItem, Paper, PaperReading, PaperRequest, PaperState
from members.models import PartyOrganization, User
from portal import audit
from portal.files import delete_after_commit, nothing_left_behind
from portal.vietnamese import nfc


def get_paper_refusal(item: AgendaItem) -> str | None:
    """Why no paper can be put under an item; None while one can."""
    if item.is_handed_out:
        return "Mục này phát và thu tài liệu tại phòng họp, không có bản điện tử trên cổng."
    return get_edit_refusal(item.meeting)


def get_hand_in_refusal(request: PaperRequest) -> str | None:
    """Why the organisation can hand nothing in any more; None while it can, late or not."""
    if request.papers.filter(state=PaperState.SUBMITTED).exists():
        return "Tài liệu đã nộp, Văn phòng đang xem."
    return get_paper_refusal(request.agenda_item)


@transaction.atomic
def add_paper(
    item: AgendaItem, *, title: str, file: File[bytes], no_state_secret_confirmed: bool, by: User
) -> Paper:
    """Keep a paper that the form has checked; without the confirmation nothing is kept."""
    lock(item.meeting)
    refuse(get_paper_refusal(item))
    paper = Paper(agenda_item=item, title=title)
    with nothing_left_behind(paper):
        _keep(paper, file, is_confirmed=no_state_secret_confirmed, by=by)
        audit.record("meetings.add_paper", about=item.meeting, by=by, summary="Thêm tài liệu")
    return paper


@transaction.atomic
def replace_paper(paper: Paper, *, file: File[bytes], no_state_secret_confirmed: bool, by: User) -> Paper:
    """A newer version by the office: readers get it at once, the older ones stay with the office."""
    item = paper.agenda_item
    lock(item.meeting)
    refuse(get_paper_refusal(item))
    newer = _next_version(paper)
    with nothing_left_behind(newer):
        _keep(newer, file, is_confirmed=no_state_secret_confirmed, by=by)
        _supersede_others(newer)
        audit.record(
            "meetings.replace_paper",
            about=item.meeting,
            by=by,
            summary="Thay tài liệu bằng bản mới",
            changes={"paper": newer.pk, "number": newer.number},
        )
    return newer


@transaction.atomic
def remove_paper(paper: Paper, *, by: User) -> None:
    """Take a paper out with all its versions; the files go once the removal is certain."""
    meeting = lock(paper.agenda_item.meeting)
    refuse(get_edit_refusal(meeting))
    for version in list(Paper.objects.versions_of(paper)):
        delete_after_commit(version.file)
        version.delete()
    _settle(paper, None)
    audit.record("meetings.remove_paper", about=meeting, by=by, summary="Gỡ tài liệu")


@transaction.atomic
def request_paper(
    item: AgendaItem,
    *,
    organization: PartyOrganization,
    title: str,
    due_on: datetime.date,
    by: User,
    note: str = "",
) -> PaperRequest:
    """Ask an organisation for a paper by a day; its secretaries are told at once."""
    meeting = lock(item.meeting)
    refuse(get_paper_refusal(item))
    if not timezone.localdate() <= due_on <= meeting.held_on:
        raise ValidationError({"due_on": "Hạn nộp phải từ hôm nay đến ngày họp."})
    asked = PaperRequest(
        agenda_item=item, organization=organization, title=title, due_on=due_on, note=note, requested_by=by
    )
    asked.full_clean()
    asked.save()
    audit.record(
        "meetings.request_paper",
        about=meeting,
        by=by,
        summary=f"Giao chuẩn bị tài liệu mục {item.position}",
        changes={"organization": organization.pk, "due_on": due_on.isoformat()},
    )
    paper_letters.post_requested(asked, by=by)
    return asked


@transaction.atomic
def withdraw_request(request: PaperRequest, *, by: User) -> None:
    """The organisation owes it no more; what it has handed in stays, so nothing handed in may be there."""
    meeting = lock(request.agenda_item.meeting)
    refuse(get_edit_refusal(meeting))
    if request.papers.exists():
        raise ValidationError("Đơn vị đã nộp tài liệu này. Gỡ tài liệu trước.")
    audit.record(
        "meetings.withdraw_paper_request",
        about=meeting,
        by=by,
        summary="Bỏ yêu cầu tài liệu",
        changes={"organization": request.organization_id, "title": request.title},
    )
    request.delete()


@transaction.atomic
def hand_in(request: PaperRequest, *, file: File[bytes], no_state_secret_confirmed: bool, by: User) -> Paper:
    """What the organisation owed; it waits until the office accepts it or sends it back."""
    meeting = lock(request.agenda_item.meeting)
    refuse(get_hand_in_refusal(request))
    last = request.papers.order_by("-number").first()
    paper = _next_version(last) if last else Paper(agenda_item=request.agenda_item, title=request.title)
    paper.request, paper.state = request, PaperState.SUBMITTED
    with nothing_left_behind(paper):
        _keep(paper, file, is_confirmed=no_state_secret_confirmed, by=by)
        audit.record(
            "meetings.hand_in_paper",
            about=meeting,
            by=by,
            summary="Đơn vị nộp tài liệu",
            changes={"paper": paper.pk, "number": paper.number},
        )
        paper_letters.post_handed_in(paper, by=by)
    return paper


@transaction.atomic
def accept_paper(paper: Paper, *, by: User) -> Paper:
    """The office has looked: delegates may read it, and the organisation owes nothing more."""
    paper = _waiting(paper)
    paper.state = PaperState.ACCEPTED
    paper.save(update_fields=["state"])
    _supersede_others(paper)
    _settle(paper, timezone.now())
    audit.record(
        "meetings.accept_paper",
        about=paper.agenda_item.meeting,
        by=by,
        summary="Nhận tài liệu",
        changes={"paper": paper.pk},
    )
    return paper


@transaction.atomic
def return_paper(paper: Paper, *, reason: str, by: User) -> Paper:
    """Sent back with what is wrong; the organisation owes it again."""
    paper = _waiting(paper)
    if not nfc(reason):
        raise ValidationError({"reason": "Ghi lý do trả lại để đơn vị biết cần sửa gì."})
    paper.state, paper.return_reason = PaperState.RETURNED, reason
    paper.save(update_fields=["state", "return_reason"])
    audit.record(
        "meetings.return_paper",
        about=paper.agenda_item.meeting,
        by=by,
        summary="Trả lại tài liệu",
        changes={"paper": paper.pk, "reason": paper.return_reason},
    )
    paper_letters.post_returned(paper, by=by)
    return paper


def record_reading(paper: Paper, *, by: User) -> None:
    """One row a person and version, however often it is opened; no audit entry beside it."""
    _, is_first = PaperReading.objects.get_or_create(paper=paper, reader=by)
    if not is_first:
        PaperReading.objects.filter(paper=paper, reader=by).update(
            last_at=timezone.now(), times=F("times") + 1
        )


def _waiting(paper: Paper) -> Paper:
    """The paper as it stands now, if it still waits for the office."""
    lock(paper.agenda_item.meeting)
    found = Paper.objects.select_related("agenda_item__meeting", "request").get(pk=paper.pk)
    if found.state != PaperState.SUBMITTED:
        raise ValidationError(f"Tài liệu này không còn chờ xem: {found.get_state_display().lower()}.")
    return found


def _next_version(paper: Paper) -> Paper:
    first = paper.first or paper
    last = Paper.objects.versions_of(paper).aggregate(last=Max("number"))["last"]
    return Paper(
        agenda_item=paper.agenda_item,
        title=paper.title,
        request=paper.request,
        first=first,
        number=last + 1,
    )


def _keep(paper: Paper, file: File[bytes], *, is_confirmed: bool, by: User) -> None:
    if not is_confirmed:
        raise ValidationError({"no_state_secret_confirmed": "Cần xác nhận tệp không chứa bí mật nhà nước."})
    paper.file, paper.name, paper.size = file, nfc(file.name or paper.title), file.size
    paper.no_state_secret_confirmed, paper.uploaded_by = True, by
    paper.full_clean(exclude=["file"])
    paper.save()


def _settle(paper: Paper, at: datetime.datetime | None) -> None:
    if paper.request:
        paper.request.settled_at = at
        paper.request.save(update_fields=["settled_at"])


def _supersede_others(paper: Paper) -> None:
    others = Paper.objects.versions_of(paper).exclude(pk=paper.pk)
    others.filter(superseded_at__isnull=True).update(superseded_at=timezone.now())
