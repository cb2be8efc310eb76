"""What the tests of the news share: a second editor, and items written by the first one."""

import datetime
import io

import pytest
from cast import Cast, grant, make_user
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from PIL import Image

from members.models import PartyOrganization, User
from members.roles import Role
from news import actions, edition
from news.models import Article, Category


def usual_category() -> Category:
    """Seeded by a migration; a test that commits has emptied the table."""
    return Category.objects.get_or_create(slug="tin-hoat-dong", defaults={"name": "Tin hoạt động"})[0]


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "#9b1c1f").save(out, "PNG")
    return out.getvalue()


PNG = _picture()


@pytest.fixture(autouse=True)
def new_edition() -> None:
    """No piece of a page is left from the test before."""
    cache.delete(edition.NEWS.key)


@pytest.fixture
def edi2(cast: Cast) -> User:
    """The second pair of eyes."""
    user = make_user("edi2", "Cao Văn Duyệt", cast.r)
    grant(user, Role.EDITOR)
    return user


@pytest.fixture
def draft(edi: User) -> Article:
    return write(edi, "Bản thảo về công tác cán bộ")


def write(by: User, title: str, *, only_for: PartyOrganization | None = None, **fields: object) -> Article:
    row = {"lead": "Đoạn mở đầu.", "body": "<p>Nội dung bài viết./.</p>"} | fields
    return actions.create_draft(
        by=by,
        title=title,
        category=row.pop("category", None) or usual_category(),
        is_for_all=only_for is None,
        organizations=[only_for] if only_for else [],
        **row,
    )


def publish(article: Article, *, by: User, at: datetime.datetime | None = None) -> Article:
    actions.submit_for_approval(article, by=article.author)
    return actions.approve_and_publish(article, by=by, version=article.version, published_at=at)


def status(browser: Client, address: str) -> int:
    """What the address answers; a file that comes with it is read to its end, which closes it."""
    response = browser.get(address)
    if response.streaming:
        response.getvalue()
    return response.status_code


def publish_many(author: User, approver: User, number: int, **fields: object) -> list[Article]:
    """`number` items, one a minute, the last the newest; written in bulk."""
    category = usual_category()
    start = timezone.now() - datetime.timedelta(minutes=number)
    row = {"lead": "Đoạn mở đầu.", "body": "<p>Nội dung.</p>", "category": category} | fields
    articles = [
        Article(
            author=author,
            approved_by=approver,
            title=f"Tin số {n}",
            slug=f"tin-so-{n}",
            state="published",
            published_at=start + datetime.timedelta(minutes=n),
            **row,
        )
        for n in range(number)
    ]
    for article in articles:
        article.derive()
    return Article.objects.bulk_create(articles)
