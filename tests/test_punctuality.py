"""Tasks done on time in a period: what counts, for whom, and the rows behind the number."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from meeting_factory import make_m1

from meetings.models import Conclusion, ConclusionKind, Task, TaskState
from meetings.punctuality import punctuality, tasks_due

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def charge(cast):
    meeting = make_m1(cast)
    conclusion = Conclusion.objects.create(
        meeting=meeting, order=1, kind=ConclusionKind.TASK, text="Giao việc", issued_at=timezone.now()
    )

    def give(organization, deadline, done_on=None, **fields):
        done = {"state": TaskState.DONE, "done_on": done_on, "closed_by": cast.off} if done_on else {}
        row = {"title": "Báo cáo", "issued_at": timezone.now()} | done | fields
        return Task.objects.create(
            conclusion=conclusion, lead_organization=organization, deadline=deadline, **row
        )

    return give


def counted(cast, user, first, last, organization=None):
    found = tasks_due(organization or cast.a, first, last, user=user, today=timezone.localdate())
    return punctuality(found)


def test_on_time_is_done_by_its_day_and_nothing_else_that_was_due(cast, charge):
    today = timezone.localdate()
    charge(cast.a, today - 9 * DAY, done_on=today - 9 * DAY)
    charge(cast.a2, today - 9 * DAY, done_on=today - 8 * DAY)
    charge(cast.a1, today - DAY)
    charge(cast.a, today)
    charge(cast.a, today - DAY, state=TaskState.PAUSED)
    charge(cast.a, today - DAY, issued_at=None)
    charge(cast.a, today - 40 * DAY)
    charge(cast.b, today - DAY)

    found = counted(cast, cast.sec_a, today - 30 * DAY, today)

    assert (found.due, found.on_time, found.late, found.percent) == (3, 1, 2, Decimal("33.3"))
    assert counted(cast, cast.sec_a, today, today, cast.b).percent is None


def test_number_leads_to_its_tasks(cast, charge, signed_in):
    today = timezone.localdate()
    late = charge(cast.a, today - 2 * DAY)
    charge(cast.a, today - 2 * DAY, done_on=today - 3 * DAY)
    address = reverse("meetings:tasks_due", args=[cast.a.pk])
    ask = {"tu": f"{today - 30 * DAY:%d/%m/%Y}", "den": f"{today:%d/%m/%Y}"}
    client = signed_in(cast.sec_a)

    page = client.get(address, ask)

    assert (page.context["counted"].due, len(page.context["tasks"])) == (2, 2)
    assert client.get(address, ask | {"xem": "muon"}).context["tasks"] == [late]


def test_number_stands_beside_the_ratings(cast, charge, signed_in):
    charge(cast.a2, datetime.date(2025, 3, 5), done_on=datetime.date(2025, 3, 4))

    page = signed_in(cast.sec_a).get(reverse("members:rate", args=[cast.a2.pk, 2025, 0])).content.decode()

    assert "1 trong 1 đúng hạn" in page
    assert f"{reverse('meetings:tasks_due', args=[cast.a2.pk])}?tu=01/01/2025&amp;den=31/12/2025" in page


def test_open_tasks_stand_on_the_page_of_the_organization_for_who_sees_them(cast, charge, signed_in):
    today = timezone.localdate()
    charge(cast.a2, today, title="Rà soát đảng viên")
    charge(cast.b, today, title="Việc của Bình").supporting_organizations.add(cast.a1)
    charge(cast.b, today, title="Việc riêng của Bình")
    charge(cast.a, today, title="Đã làm xong", done_on=today)
    address = reverse("members:organization", args=[cast.a.pk])

    page = signed_in(cast.sec_a).get(address).text

    assert "2 nhiệm vụ đang làm" in page and "Rà soát đảng viên" in page and "Việc của Bình" in page
    assert "Việc riêng của Bình" not in page and "Đã làm xong" not in page
    assert "nhiệm vụ đang làm" not in signed_in(cast.mem_b1).get(address).text
