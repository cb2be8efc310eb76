"""Run inside the portal's environment: sign a cadre in, choose the pages, hand the texts to the floor."""

import json
import os
import sys
from urllib.parse import urlsplit

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.large_meeting import open_large_meeting  # noqa: E402
from bench.sessions import session_cookie  # noqa: E402
from meetings.models import AttendeeRole, Meeting  # noqa: E402
from members.models import User  # noqa: E402
from news.listing import Place  # noqa: E402
from news.models import Article  # noqa: E402
from portal.models import PortalNotice  # noqa: E402

#: The secret of a form: cookie and header say the same.
TOKEN = "0123456789abcdefghijklmnopqrstuv"


def rows_of(meeting: Meeting) -> int:
    """What its page lists: the floor shows as many."""
    return meeting.participants.taking_part().count() + meeting.agenda.count()


def floor_database_url() -> str:
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS floor")
        cursor.execute("CREATE DATABASE floor")
    return urlsplit(os.environ["DATABASE_URL"])._replace(path="/floor").geturl()


def _place(article: Article) -> Place:
    if article.published_at is None:
        raise SystemExit("An article without a moment stands in the list.")
    return Place(article.published_at, article.pk)


def main() -> None:
    reference = Meeting.objects.filter(participants__isnull=False).distinct().order_by("starts_at").first()
    if reference is None:
        raise SystemExit("The sample committee has no conference with participants.")
    invited = reference.participants.filter(role=AttendeeRole.INVITED, member__user__isnull=False)
    participant = invited.select_related("member__user").first()
    if participant is None or participant.member is None:
        raise SystemExit("Nobody of the reference conference can sign in.")
    office = User.objects.get(username="thuky")
    large = open_large_meeting(reference, reader=participant, office=office)
    # What is held back would appear in the middle of a round and change every page of its reader.
    PortalNotice.objects.filter(shown_from__gt=timezone.now()).update(shown_from=timezone.now())
    newest = Article.objects.published().newest_first()
    pages = {
        "home": "/",
        "list": "/tin-tuc/",
        "older": f"/tin-tuc/?cu-hon={_place(newest[19])}",
        "deep": f"/tin-tuc/?cu-hon={_place(newest[newest.count() - 21])}",
        "article": newest[5].get_absolute_url(),
        "unchanged": newest[5].get_absolute_url(),
        "meeting": reference.get_absolute_url(),
        "large": large.get_absolute_url(),
        "tick": reverse("meetings:roll_entry", args=[large.pk]),
        "save": reverse("meetings:minutes_save", args=[large.pk]),
    }
    posts = [
        {"title": a.title, "lead": a.lead, "body": a.body, "published_at": a.published_at.isoformat()}
        for a in newest.iterator(chunk_size=500)
        if a.published_at
    ]
    json.dump(
        {
            # As browsers have them: the secret of the forms comes with the first page and stays.
            "cookie": f"{session_cookie(participant.member.user)}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "office_cookie": f"{session_cookie(office)}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "token": TOKEN,
            "people": list(large.participants.values_list("pk", flat=True)),
            "items": list(large.agenda.values_list("pk", flat=True)),
            "rows": {"meeting": rows_of(reference), "large": rows_of(large)},
            "floor_database_url": floor_database_url(),
            "pages": pages,
            "posts": posts,
        },
        sys.stdout,
    )


main()
