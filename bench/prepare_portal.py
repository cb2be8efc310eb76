"""Run inside the portal's environment: sign a cadre in, choose the pages, hand the texts to the floor."""

import json
import os
import sys
from urllib.parse import urlsplit

import django

django.setup()

from importlib import import_module  # noqa: E402

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import connection  # noqa: E402

from meetings.models import Meeting  # noqa: E402
from members.models import User  # noqa: E402
from news.models import Article  # noqa: E402


def session_cookie(user: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "members.backends.AccountBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def floor_database_url() -> str:
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS floor")
        cursor.execute("CREATE DATABASE floor")
    return urlsplit(os.environ["DATABASE_URL"])._replace(path="/floor").geturl()


def main() -> None:
    reference = Meeting.objects.filter(participants__isnull=False).distinct().order_by("starts_at").first()
    if reference is None:
        raise SystemExit("The sample committee has no conference with participants.")
    participant = (
        reference.participants.filter(member__user__isnull=False).select_related("member__user").first()
    )
    if participant is None or participant.member is None:
        raise SystemExit("Nobody of the reference conference can sign in.")
    newest = Article.objects.published().newest_first()
    pages = {
        "home": "/",
        "list": "/tin-tuc/",
        "article": newest[5].get_absolute_url(),
        "meeting": reference.get_absolute_url(),
    }
    posts = [
        {"title": a.title, "lead": a.lead, "body": a.body, "published_at": a.published_at.isoformat()}
        for a in newest.iterator(chunk_size=500)
        if a.published_at
    ]
    json.dump(
        {
            "cookie": session_cookie(participant.member.user),
            "floor_database_url": floor_database_url(),
            "pages": pages,
            "posts": posts,
        },
        sys.stdout,
    )


main()
