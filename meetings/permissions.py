"""Who may do what with a conference: small named questions, asked alike by view, tag and admin.

Visibility is not asked here: `visible_to` has answered it before (hidden is 404). These answer
whether a person who sees it may also act (forbidden is 403).
"""

from __future__ import annotations

from meetings.models import (
    AgendaAudience,
    AttendeeRole,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    PaperRequest,
    Participant,
    Task,
)
from members.models import PartyOrganization, User
from members.roles import Role


def manages_organization(user: User, organization: PartyOrganization) -> bool:
    """Secretary of this organisation or of one above it."""
    return not user.organizations_as(Role.SECRETARY).isdisjoint(organization.path)


def can_create_meeting(user: User, organization: PartyOrganization) -> bool:
    return user.has_role(Role.OFFICE) or manages_organization(user, organization)


def can_prepare(user: User, meeting: Meeting) -> bool:
    """Change, convene, send, cancel, check people in: the office, or whoever manages the organisation."""
    return can_create_meeting(user, meeting.organization)


def can_check_in(user: User, meeting: Meeting) -> bool:
    """Sit at the roll-call desk: whoever prepares it, and helpers named for it until it closes (P35)."""
    if can_prepare(user, meeting):
        return True
    is_on = meeting.state in (MeetingState.CONVENED, MeetingState.IN_SESSION)
    return is_on and meeting.desk_helpers.filter(user=user, ended_at=None).exists()


def can_follow(user: User, meeting: Meeting) -> bool:
    """See how the conference goes, the count above all: the chair too, who presses nothing there."""
    return can_prepare(user, meeting) or is_chair(user, meeting)


def can_see_answers(user: User, meeting: Meeting) -> bool:
    """Reasons of absence and addresses; other participants see the list without them (P19)."""
    return can_prepare(user, meeting) or is_chair(user, meeting)


def agenda_audience(user: User, meeting: Meeting, own: Participant | None) -> AgendaAudience:
    """As whom a person who sees the conference reads its agenda; `own` is his place on the list.

    Says in Python what `AgendaItem.objects.visible_to` says in SQL; a test holds the two together.
    """
    if can_prepare(user, meeting) or is_chair(user, meeting) or is_minute_writer(user, meeting):
        return AgendaAudience.PREPARING
    if own and own.removed_at is None and own.role == AttendeeRole.OFFICIAL:
        return AgendaAudience.OFFICIAL
    return AgendaAudience.INVITED


def reads_minutes(
    user: User, meeting: Meeting, own: Participant | None, *, state: str | None, version: int | None
) -> bool:
    """Whether the minutes, in this state and version, are open to a person who sees the conference.

    Says in Python what `Minutes.objects.visible_to` says in SQL; a test holds the two together.
    """
    if state is None:
        return False
    if state == MinutesState.APPROVED or (version or 0) > 1 or user.has_role(Role.OFFICE):
        return True
    is_asked = state == MinutesState.FOR_COMMENT and own is not None and own.role == AttendeeRole.OFFICIAL
    return is_asked or is_chair(user, meeting) or is_minute_writer(user, meeting)


def can_hand_in(user: User, request: PaperRequest) -> bool:
    """Whoever manages the organisation that owes the paper; the office puts papers in by itself (P31)."""
    return manages_organization(user, request.organization)


def is_chair(user: User, meeting: Meeting) -> bool:
    return user.member_id is not None and user.member_id == meeting.chair_id


def is_minute_taker(user: User, meeting: Meeting) -> bool:
    return user.pk == meeting.minute_taker_id


def can_keep_schedule(user: User) -> bool:
    """The weekly schedule and the leaders' diary are the office's to write and to put up."""
    return user.has_role(Role.OFFICE)


def can_keep_program(user: User) -> bool:
    """The annual work programme is written by the office; those who manage a body's organisation read it."""
    return user.has_role(Role.OFFICE)


def is_minute_writer(user: User, meeting: Meeting) -> bool:
    """The minute-taker, and whoever the office named to write beside him (P21)."""
    return is_minute_taker(user, meeting) or user in meeting.minute_helpers.all()


def can_answer(user: User, participant: Participant) -> bool:
    """Answering is personal; the office records an answer on behalf by another action (P40–P42)."""
    return user.member_id is not None and user.member_id == participant.member_id


def can_see_revisions(user: User, meeting: Meeting) -> bool:
    """How the minutes came to be, word by word: the office, and whoever writes them."""
    return user.has_role(Role.OFFICE) or is_minute_writer(user, meeting)


def can_write_minutes(user: User, meeting: Meeting) -> bool:
    """Only those named for this conference write (P21)."""
    writable = meeting.state in (MeetingState.IN_SESSION, MeetingState.MINUTES)
    return writable and is_minute_writer(user, meeting)


def writes_minutes_now(user: User) -> bool:
    """Whether any minutes are this person's to write, for the editor's pictures (P09)."""
    mine = Meeting.objects.minuted_by(user).filter(state__in=[MeetingState.IN_SESSION, MeetingState.MINUTES])
    return user.is_active and mine.exists()


def can_assign_tasks(user: User, meeting: Meeting) -> bool:
    """Turn conclusions into tasks: whoever writes them down, and the office that follows them up."""
    return can_prepare(user, meeting) or is_minute_writer(user, meeting)


def can_sign_minutes(user: User, minutes: Minutes) -> bool:
    return is_minute_taker(user, minutes.meeting) and minutes.state == MinutesState.DRAFTING


def can_approve_minutes(user: User, minutes: Minutes) -> bool:
    """Only the chair in person, an administrator no more than anybody else (P23, P25)."""
    return is_chair(user, minutes.meeting) and minutes.state == MinutesState.FOR_APPROVAL


def can_reopen_minutes(user: User, minutes: Minutes) -> bool:
    return is_chair(user, minutes.meeting) and minutes.state == MinutesState.APPROVED


def can_report_on_task(user: User, task: Task) -> bool:
    return (
        can_close_task(user) or manages_organization(user, task.lead_organization) or _is_assignee(user, task)
    )


def can_close_task(user: User) -> bool:
    """The office looks at the result and closes (domain §2.2)."""
    return user.has_role(Role.OFFICE)


def can_see_punctuality(user: User, organization: PartyOrganization) -> bool:
    """How many tasks an organisation did on time: its managers, and the office that follows them up."""
    return user.has_role(Role.OFFICE) or manages_organization(user, organization)


def can_take_documents(user: User, meeting: Meeting) -> bool:
    """Print the papers of a conference: who prepares it, the chair, the minute-taker."""
    return can_prepare(user, meeting) or is_chair(user, meeting) or is_minute_taker(user, meeting)


def can_open_registers(user: User) -> bool:
    """Registers of documents belong to the office and to who manages an organisation."""
    return user.has_role(Role.OFFICE, Role.SECRETARY)


def can_take_invitation(user: User, participant: Participant) -> bool:
    """Everybody prints the sheet with his own name."""
    return can_take_documents(user, participant.meeting) or can_answer(user, participant)


def can_take_notice_to(user: User, organization: PartyOrganization) -> bool:
    """A conclusion goes to those who manage an organisation it was addressed to (P27)."""
    return manages_organization(user, organization)


def can_write_news_item(user: User, meeting: Meeting) -> bool:
    return can_prepare(user, meeting) or user.has_role(Role.EDITOR)


def _is_assignee(user: User, task: Task) -> bool:
    return user.member_id is not None and user.member_id == task.assignee_id
