"""Run inside the floor's environment: the same texts in bare tables, a reader signed in."""

import datetime
import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.floor.models import Post, Row  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    given = json.load(sys.stdin)
    posts = [
        Post(**{**post, "published_at": datetime.datetime.fromisoformat(post["published_at"])})
        for post in reversed(given["posts"])
    ]
    Post.objects.bulk_create(posts, batch_size=1000)
    Row.objects.bulk_create(
        Row(position=number, title=f"Nội dung thứ {number} của hội nghị", note="Đồng chí trình bày")
        for number in range(max(given["rows"].values()))
    )
    user = User.objects.create_user("reader")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    detail = f"/{Post.objects.order_by('-published_at', '-id')[5].pk}/"
    json.dump(
        {
            "cookie": f"sessionid={session.session_key}",
            "pages": {"home": "/", "list": "/", "article": detail}
            | {page: f"/hop/{number}/" for page, number in given["rows"].items()},
        },
        sys.stdout,
    )


main()
