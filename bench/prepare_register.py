"""Inside the portal: fill the register up, sign who manages it in, and measure what needs no server."""

from __future__ import annotations

import datetime
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.sessions import session_cookie  # noqa: E402
from members.models import Admission, OrgLevel, PartyMember, PartyOrganization, User  # noqa: E402
from members.register import PAGE_SIZE, page_after  # noqa: E402
from members.report_figures import told_today, year_before  # noqa: E402
from members.views.statistics import PARTS  # noqa: E402

ORGANIZATIONS = 600
#: The tree of an earlier day is smaller by those added.
ADDED_ON = datetime.date(2020, 1, 1)
DEEP_PAGE = 1000
TIMES = 11
#: Of the years in which the register counts something.
UNTIL = datetime.date(2024, 9, 30)

BARE = """
SELECT
  (SELECT count(*) FROM members_admission WHERE admitted_on BETWEEN %(first)s AND %(last)s),
  (SELECT count(*) FROM members_badgeaward WHERE awarded_on BETWEEN %(first)s AND %(last)s),
  (SELECT count(*) FROM members_trainingcourse WHERE kind = 'awareness'
     AND ends_on BETWEEN %(first)s AND %(last)s),
  (SELECT count(*) FROM members_enrollment e JOIN members_trainingcourse c ON c.id = e.course_id
     WHERE c.kind = 'awareness' AND c.ends_on BETWEEN %(first)s AND %(last)s),
  (SELECT count(*) FROM members_trainingcourse WHERE kind = 'new_members'
     AND ends_on BETWEEN %(first)s AND %(last)s),
  (SELECT count(*) FROM members_enrollment e JOIN members_trainingcourse c ON c.id = e.course_id
     WHERE c.kind = 'new_members' AND c.ends_on BETWEEN %(first)s AND %(last)s),
  (SELECT count(*) FROM members_inspectionsubject s JOIN members_inspection i ON i.id = s.inspection_id
     WHERE s.organization_id IS NOT NULL AND i.concluded_on BETWEEN %(first)s AND %(last)s),
  (SELECT count(*) FROM members_inspectionsubject s JOIN members_inspection i ON i.id = s.inspection_id
     WHERE s.member_id IS NOT NULL AND i.concluded_on BETWEEN %(first)s AND %(last)s)
"""
BARE_MONTHS = """
SELECT extract(month FROM admitted_on), count(*) FROM members_admission
WHERE admitted_on BETWEEN %(first)s AND %(last)s GROUP BY 1
"""
BARE_PARTS = """
SELECT o.path[2], count(*)
FROM members_admission a JOIN members_partyorganization o ON o.id = a.organization_id
WHERE a.admitted_on BETWEEN %(first)s AND %(last)s GROUP BY 1
"""


def fill_up() -> None:
    """So many organisations, and an admission for each member: the tables the figures count are as long
    as the register."""
    above = PartyOrganization.objects.filter(level=OrgLevel.GRASSROOTS_COMMITTEE).in_tree_order()[0]
    for number in range(ORGANIZATIONS - PartyOrganization.objects.count()):
        PartyOrganization.objects.create(
            name=f"Chi bộ thêm {number}",
            code=f"THEM-{number}",
            level=OrgLevel.CELL,
            parent=above,
            valid_from=ADDED_ON,
        )
    Admission.objects.bulk_create(
        (
            Admission(
                member=member,
                organization_id=member.organization_id,
                decision_number="1-QĐ/ĐUK",
                decision_on=member.admitted_on,
                admitted_on=member.admitted_on,
            )
            for member in PartyMember.objects.filter(admission=None, admitted_on__isnull=False).iterator()
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def database_seconds() -> Iterator[list[float]]:
    took: list[float] = []

    def watch(execute: Callable[..., Any], *given: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*given)
        finally:
            took.append(time.perf_counter() - began)

    with connection.execute_wrapper(watch):
        yield took


def seconds(deed: Callable[[], object]) -> float:
    with database_seconds() as took:
        deed()
    return sum(took)


def shares(ours: Callable[[], object], other: Callable[[], object]) -> list[float]:
    """Ours to the other in turn, after both have run once."""
    seconds(ours), seconds(other)
    return [seconds(ours) / seconds(other) for _ in range(TIMES)]


def deep_page_shares(user: User) -> list[float]:
    """The list grows to so many pages, and shrinks again."""
    with transaction.atomic():
        cell = PartyMember.objects.all()[0].organization
        like = PartyMember(full_name="Nguyễn Văn Mẫu", organization=cell, status="official")
        like.derive()
        more = [
            PartyMember(
                full_name=f"{like.full_name} {place}",
                organization=cell,
                status=like.status,
                sort_key=f"{like.sort_key} {place:06}",
                search_text=f"{like.search_text} {place}",
            )
            for place in range((DEEP_PAGE + 1) * PAGE_SIZE - PartyMember.objects.count())
        ]
        PartyMember.objects.bulk_create(more, batch_size=2000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE members_partymember")
        members = PartyMember.objects.visible_to(user).current()
        after = members.by_name().values_list("pk", flat=True)[(DEEP_PAGE - 1) * PAGE_SIZE - 1]
        found = shares(lambda: page_after(members, after), lambda: page_after(members, None))
        transaction.set_rollback(True)
    return found


def statistics_shares(root: PartyOrganization) -> list[float]:
    """The figures of the page (this year, last year, by month, by organisation) and bare SQL for the same."""

    def ours() -> None:
        admissions = told_today(root, UNTIL)[0].figure
        assert admissions is not None  # it was counted just now
        admissions.by_month()
        admissions.by_organization()

    def bare() -> None:
        this_year = {"first": UNTIL.replace(month=1, day=1), "last": UNTIL}
        last = year_before(UNTIL)
        with connection.cursor() as cursor:
            for statement in (BARE, BARE_MONTHS, BARE_PARTS):
                cursor.execute(statement, this_year)
            cursor.execute(BARE, {"first": last.replace(month=1, day=1), "last": last})

    return shares(ours, bare)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(seen)


def main() -> None:
    fill_up()
    user = User.objects.get(username="tochuc")
    root = PartyOrganization.objects.get(level=OrgLevel.SUPERIOR)
    cell = PartyOrganization.objects.filter(level=OrgLevel.CELL, members__isnull=False).in_tree_order()[0]
    official = PartyMember.objects.filter(status="official", admitted_on__isnull=False).order_by("pk")
    crowded, lonely = official[0], official.reverse()[0]
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(user, backend="members.backends.AccountBackend")
    asked = f"year={UNTIL.year}&months=9"
    large_and_small = {
        "list": ("/dang-vien/", f"/dang-vien/?organization={cell.pk}"),
        "record": (f"/dang-vien/{crowded.pk}/", f"/dang-vien/{lonely.pk}/"),
        "tree": ("/to-chuc/", f"/to-chuc/?ngay={root.valid_from:%d/%m/%Y}"),
        "statistics": (
            f"/thong-ke/?{asked}&organization={root.pk}",
            f"/thong-ke/?{asked}&organization={cell.parent_id}",
        ),
        **{
            f"statistics, {part}": (
                f"/thong-ke/?{asked}&organization={root.pk}&phan={part}",
                f"/thong-ke/?{asked}&organization={cell.parent_id}&phan={part}",
            )
            for part in PARTS
            if part
        },
    }
    pages = {page: large for page, (large, _) in large_and_small.items()}
    last = PartyMember.objects.visible_to(user).current().by_name().reverse()[PAGE_SIZE]
    json.dump(
        {
            "cookie": session_cookie(user),
            "pages": pages | {"last page of the list": f"/dang-vien/?after={last.pk}"},
            "members": PartyMember.objects.count(),
            "organizations": PartyOrganization.objects.count(),
            "queries": {
                page: [queries(client, large), queries(client, small)]
                for page, (large, small) in large_and_small.items()
            },
            "deep": deep_page_shares(user),
            "bare": statistics_shares(root),
        },
        sys.stdout,
    )


main()
