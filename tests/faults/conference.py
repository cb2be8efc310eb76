"""A draft that the office convenes by the portal's own button, with as many people as asked for."""

import datetime

from cast import make_cast
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from meeting_factory import add_delegates, add_item, add_person, make_class, make_kind

from meetings.models import AttendeeRole, ClassSource, Meeting, MeetingState
from members.models import Body, User

OFFICE = "off"


def make_office() -> None:
    """The cast; `off` also sees the boards of the tests' own kind of notice, by the name."""
    office = make_cast().off
    office.full_name = "Sếp Văn phòng"
    office.save(update_fields=["full_name"])


def make_draft(number: int) -> Meeting:
    """Ten days from now, ready to be convened; one of the people, the chair, has an account."""
    starts_at = timezone.localtime().replace(hour=14, minute=0, second=0) + datetime.timedelta(days=10)
    body, office, chair = (
        Body.objects.get(),
        User.objects.get(username=OFFICE),
        User.objects.get(username="chair_r"),
    )
    meeting = Meeting.objects.create(
        kind=make_kind(),
        title="Hội nghị Ban Chấp hành Đảng bộ Khối",
        body=body,
        organization=body.organization,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=3),
        venue="Hội trường tầng 2",
        convener=body,
        chair=chair.member,
        minute_taker=office,
        created_by=office,
        state=MeetingState.DRAFT,
    )
    make_class(meeting, source=ClassSource.PERSON)
    add_item(meeting, 1)
    add_delegates(meeting, number - 1)
    meeting.participants.update(
        address=Concat(Value("dai-bieu-"), Cast("pk", CharField()), Value("@nhan.example"))
    )
    add_person(meeting, chair, AttendeeRole.OFFICIAL)
    return meeting
