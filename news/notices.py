"""The letters about a news item on its way to the reader, and why one must not go any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.conf import settings
from django.template.loader import render_to_string

from members.models import User
from members.roles import Role
from news.models import Article, ArticleState
from news.permissions import can_write_news
from portal import dates, outbox
from portal.models import Delivery, Notice


class ArticleNotice(outbox.NoticeKind):
    """Tells somebody what became of an item; void as soon as the item is in another state."""

    #: The state the letter speaks of, and what is said when the item has left it.
    state: ClassVar[ArticleState]
    outdated: ClassVar[str]

    def compose(self, delivery: Delivery) -> outbox.Letter:
        notice = delivery.notice
        context = {
            "notice": notice,
            "recipient": delivery.name,
            "address": f"{settings.SITE_URL}{notice.url}",
            **notice.context,
        }
        return outbox.Letter(
            subject=notice.title,
            text=render_to_string("mail/news/article.txt", context),
            html=render_to_string("mail/news/article.html", context),
        )

    def refusal(self, delivery: Delivery) -> str | None:
        article = Article.objects.filter(pk=delivery.notice.about_id).first()
        if article is None or article.state != self.state:
            return self.outdated
        if delivery.user is None or not delivery.user.is_active:
            return "Tài khoản người nhận không còn hoạt động."
        return None

    def may_see_board(self, user: Any, notice: Notice) -> bool:
        return can_write_news(user)

    def may_decide(self, user: Any, notice: Notice) -> bool:
        return can_write_news(user)


class ForApproval(ArticleNotice):
    code = "news.for_approval"
    label = "Tin, bài chờ duyệt"
    state = ArticleState.FOR_APPROVAL
    outdated = "Bài không còn chờ duyệt."

    def refusal(self, delivery: Delivery) -> str | None:
        reason = super().refusal(delivery)
        if reason is None and not can_write_news(cast(User, delivery.user)):
            return "Người nhận không còn là biên tập viên."
        return reason


class Returned(ArticleNotice):
    code = "news.returned"
    label = "Tin, bài bị trả lại"
    state = ArticleState.DRAFT
    outdated = "Bài đã được trình lại."


class Published(ArticleNotice):
    code = "news.published"
    label = "Tin, bài được duyệt đăng"
    mandatory = False
    state = ArticleState.PUBLISHED
    outdated = "Bài đã được gỡ."


class Corrected(ArticleNotice):
    code = "news.corrected"
    label = "Tin đã đăng được sửa"
    state = ArticleState.PUBLISHED
    outdated = "Bài đã được gỡ."


class Withdrawn(ArticleNotice):
    code = "news.withdrawn"
    label = "Tin, bài bị gỡ"
    state = ArticleState.WITHDRAWN
    outdated = "Bài đã được trình lại."


KINDS = (ForApproval, Returned, Published, Corrected, Withdrawn)


def tell_for_approval(article: Article, *, by: User, key: str) -> None:
    editors = User.objects.with_role(Role.EDITOR).exclude(pk__in=[by.pk, article.author_id])
    _tell(
        ForApproval,
        article,
        editors,
        by=by,
        key=key,
        title="Chờ duyệt",
        sentence=f"Đồng chí {by} trình duyệt bài này. Đọc và duyệt, hoặc trả lại kèm lý do.",
    )


def tell_returned(article: Article, *, by: User, key: str) -> None:
    _tell(
        Returned,
        article,
        _others([article.author], by),
        by=by,
        key=key,
        title="Trả lại để sửa",
        sentence=f"Đồng chí {by} trả lại bài này để sửa rồi trình lại.",
        reason=article.note,
    )


def tell_published(article: Article, *, by: User, key: str) -> None:
    outcome = "đã đăng"
    if article.published_at and article.is_scheduled:
        outcome = f"sẽ đăng lúc {dates.moment(article.published_at)}"
    _tell(
        Published,
        article,
        _others([article.author], by),
        by=by,
        key=key,
        title="Được duyệt đăng",
        sentence=f"Đồng chí {by} đã duyệt bài này; bài {outcome}.",
    )


def tell_corrected(article: Article, *, by: User, key: str) -> None:
    _tell(
        Corrected,
        article,
        _others([article.author, article.approved_by], by),
        by=by,
        key=key,
        title="Tin đã đăng được sửa",
        sentence=f"Đồng chí {by} sửa bài này sau khi đăng. Đọc lại bản đang hiện trên cổng.",
    )


def tell_withdrawn(article: Article, *, by: User, key: str) -> None:
    _tell(
        Withdrawn,
        article,
        _others([article.author, article.approved_by], by),
        by=by,
        key=key,
        title="Đã gỡ",
        sentence=f"Đồng chí {by} gỡ bài này khỏi cổng.",
        reason=article.note,
    )


def _others(people: Iterable[User | None], by: User) -> list[User]:
    return [person for person in people if person is not None and person.pk != by.pk]


def _tell(
    kind: type[ArticleNotice],
    article: Article,
    people: Iterable[User],
    *,
    by: User,
    key: str,
    title: str,
    sentence: str,
    reason: str = "",
) -> None:
    recipients = [
        outbox.Recipient(user=person, name=str(person), address=person.email, key=f"user:{person.pk}")
        for person in people
    ]
    if not recipients:
        return
    outbox.post(
        kind=kind.code,
        about=article,
        recipients=recipients,
        key=f"{kind.code}:{key}",
        title=f"{title}: {article.title}"[:250],
        url=article.get_absolute_url(),
        by=by,
        context={"title": article.title, "sentence": sentence, "reason": reason},
    )
