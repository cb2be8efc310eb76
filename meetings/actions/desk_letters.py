"""Which notice of the desk goes to whom: minutes to their chair and writer, tasks to those charged."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from django.utils import timezone

from meetings.models import Minutes, Participant, Task, TaskExtension, TaskReport
from members.actions.addressees import managers_of, to
from members.models import PartyOrganization, User
from members.owning_committee import owning_committee
from members.roles import Role
from portal import dates, outbox

MINUTES_FOR_APPROVAL = "meetings.minutes_for_approval"
MINUTES_RETURNED = "meetings.minutes_returned"
MINUTES_FOR_COMMENT = "meetings.minutes_for_comment"
MINUTES_REOPENED = "meetings.minutes_reopened"
TASK = "meetings.task"
TASK_RETURNED = "meetings.task_returned"
TASK_REPORTED = "meetings.task_reported"
TASK_REMINDER = "meetings.task_reminder"
TASK_OVERDUE = "meetings.task_overdue"
EXTENSION_ASKED = "meetings.extension_asked"
EXTENSION_DECIDED = "meetings.extension_decided"


def post_for_approval(minutes: Minutes, *, by: User, key: int) -> None:
    """To the chair, once for each signature. `key` is the audit entry of what happened."""
    account: User | None = getattr(minutes.meeting.chair, "user", None)
    if account is not None:
        _post(MINUTES_FOR_APPROVAL, minutes, [to(account)], "Chờ duyệt", by=by, key=key)


def post_returned(minutes: Minutes, *, by: User, key: int) -> None:
    """To the minute-taker, with the chair's reason."""
    if taker := minutes.meeting.minute_taker:
        _post(
            MINUTES_RETURNED,
            minutes,
            [to(taker)],
            "Trả lại",
            by=by,
            key=key,
            words=minutes.return_reason,
        )


def post_for_comment(minutes: Minutes, *, by: User, key: int) -> None:
    """To the official delegates; whoever has no account is told by the office."""
    asked = Participant.objects.filter(meeting=minutes.meeting_id, member__user__is_active=True)
    people = asked.taking_part().official().select_related("member__user").in_protocol_order()
    until = f"Góp ý trước {dates.moment(minutes.comments_until)}." if minutes.comments_until else ""
    _post(
        MINUTES_FOR_COMMENT,
        minutes,
        [to(person.member.user) for person in people if person.member],
        "Góp ý dự thảo",
        by=by,
        key=key,
        words=until,
    )


def post_reopened(minutes: Minutes, *, by: User, key: int) -> None:
    """To those who write, with the chair's reason."""
    meeting = minutes.meeting
    writers = [*([meeting.minute_taker] if meeting.minute_taker else []), *meeting.minute_helpers.all()]
    _post(
        MINUTES_REOPENED,
        minutes,
        [to(writer) for writer in writers],
        "Mở lại",
        by=by,
        key=key,
        words=minutes.reopen_reason,
    )


def post_task(task: Task, *, by: User) -> None:
    """A task given: to the secretaries of the lead and supporting organisations and the person charged."""
    _post(TASK, task, recipients_of(task), "Nhiệm vụ", by=by, key=task.pk)


def post_task_reported(report: TaskReport, *, by: User) -> None:
    """A task said to be done: to the office, which looks at the result and closes."""
    office = [to(user) for user in User.objects.with_role(Role.OFFICE)]
    _post(TASK_REPORTED, report.task, office, "Báo cáo xong", by=by, key=report.pk, words=report.text)


def post_task_returned(report: TaskReport, *, by: User) -> None:
    """A report sent back by the office: to those who answer for the task."""
    task = report.task
    _post(TASK_RETURNED, task, _charged(task), "Cần làm tiếp", by=by, key=report.pk, words=report.text)


def post_task_reminder(task: Task, *, days: int) -> None:
    """Once for each rung before the deadline, by the clock alone."""
    _post(TASK_REMINDER, task, _charged(task), "Sắp đến hạn", by=None, key=_rung(task, days))


def post_task_overdue(task: Task, *, days: int) -> None:
    """To the head of the unit, so many days after the deadline."""
    _post(TASK_OVERDUE, task, _charged(task), "Quá hạn", by=None, key=_rung(task, days))


def post_extension_asked(extension: TaskExtension, *, by: User) -> None:
    """To the office, which answers for the committee."""
    office = [to(user) for user in User.objects.with_role(Role.OFFICE)]
    words = f"Xin gia hạn đến {dates.day(extension.extended_to)}. {extension.reason}"
    _post(EXTENSION_ASKED, extension.task, office, "Xin gia hạn", by=by, key=extension.pk, words=words)


def post_extension_decided(extension: TaskExtension, *, by: User) -> None:
    """To those charged, with the deadline that counts now."""
    task = extension.task
    said = "Đã cho gia hạn" if extension.is_granted else "Không cho gia hạn"
    words = f"{said}, hạn {dates.day(task.deadline)}. {extension.answer}".strip()
    _post(EXTENSION_DECIDED, task, _charged(task), "Gia hạn", by=by, key=extension.pk, words=words)


def reminder_key(kind: str, task: Task, days: int) -> str:
    return f"{kind}:{_rung(task, days)}"


def _rung(task: Task, days: int) -> str:
    return f"{task.pk}:{task.deadline:%Y%m%d}:{days}"


def recipients_of(
    task: Task, organizations: Iterable[PartyOrganization] | None = None
) -> list[outbox.Recipient]:
    """Whoever answers for its organisations, and the person charged."""
    if organizations is None:
        organizations = [task.lead_organization, *task.supporting_organizations.all()]
    return answering_for(organizations, also=getattr(task.assignee, "user", None))


def _charged(task: Task) -> list[outbox.Recipient]:
    """Whoever answers for the lead organisation, and the person charged."""
    return recipients_of(task, [task.lead_organization])


def answering_for(
    organizations: Iterable[PartyOrganization], *, also: User | None = None
) -> list[outbox.Recipient]:
    """Each organisation's secretaries; its own address where none has an account; each person once."""
    addressed = {organization.pk: organization for organization in organizations}
    secretaries = managers_of(addressed, on=timezone.localdate())
    people = {user.pk: user for users in secretaries.values() for user in users}
    if also is not None:
        people[also.pk] = also
    return [to(user) for user in people.values()] + [
        outbox.Recipient(user=None, name=one.name, address=one.email, key=f"organization:{one.pk}")
        for one in addressed.values()
        if not secretaries.get(one.pk)
    ]


def _post(
    kind: str,
    about: Minutes | Task,
    recipients: list[outbox.Recipient],
    heading: str,
    *,
    by: User | None,
    key: object,
    words: str = "",
) -> None:
    outbox.post(
        kind=kind,
        about=about,
        recipients=recipients,
        key=f"{kind}:{key}",
        title=shorten(f"{heading}: {about}", 250, placeholder="…"),
        url=about.get_absolute_url(),
        by=by,
        context={"words": words, **_facts(about)},
    )


def _facts(about: Minutes | Task) -> dict[str, Any]:
    """What the letter says of it, kept as it was when it was posted."""
    committee = owning_committee()
    facts: dict[str, Any] = {
        "owner": committee.name,
        "owner_parent": committee.parent_name,
        "phone": committee.office_phone,
    }
    if isinstance(about, Minutes):
        return facts | {"title": about.meeting.title}
    return facts | {
        "title": about.title,
        "meeting": about.conclusion.meeting.title,
        "lead": about.lead_organization.name,
        "supporting": [organization.name for organization in about.supporting_organizations.all()],
        "assignee": about.assignee.full_name if about.assignee else "",
        "deadline": dates.day(about.deadline),
        "product": about.product,
    }
