"""The letters about a news item on its way to the reader, and why one must not go any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from members.models import User
from members.roles import Role
from news.letters import NewsNotice
from news.models import Article, ArticleState
from news.permissions import can_write_news
from portal import dates, outbox
from portal.models import Delivery, Notice


class ArticleNotice(NewsNotice):
    """Tells somebody what became of an item; void as soon as the item is in another state."""

    #: The states the letter speaks of, and what is said when the item has left them.
    states: ClassVar[tuple[ArticleState, ...]]
    outdated: ClassVar[str]
    #: Whether only editors get it.
    for_editors: ClassVar[bool] = False

    def refusal(self, delivery: Delivery) -> str | None:
        article = Article.objects.filter(pk=delivery.notice.about_id).first()
        if article is None or article.state not in self.states:
            return self.outdated
        if delivery.user is None or not delivery.user.is_active:
            return "Tài khoản người nhận không còn hoạt động."
        if self.for_editors and not can_write_news(delivery.user):
            return "Người nhận không còn là biên tập viên."
        if not Article.objects.visible_to(delivery.user).filter(pk=article.pk).exists():
            return "Người nhận không còn được xem bài này."
        return None


class ForEditing(ArticleNotice):
    code = "news.for_editing"
    label = "Tin, bài chờ biên tập"
    states = (ArticleState.FOR_EDITING,)
    outdated = "Bài không còn chờ biên tập."
    for_editors = True


class ForApproval(ArticleNotice):
    code = "news.for_approval"
    label = "Tin, bài chờ duyệt"
    states = (ArticleState.FOR_APPROVAL,)
    outdated = "Bài không còn chờ duyệt."
    for_editors = True


class Overdue(ArticleNotice):
    code = "news.overdue"
    label = "Tin, bài quá hạn xử lý"
    states = (ArticleState.FOR_EDITING, ArticleState.FOR_APPROVAL)
    outdated = "Bài đã được xử lý."
    for_editors = True


class Commented(ArticleNotice):
    code = "news.commented"
    label = "Góp ý tin, bài"
    states = tuple(ArticleState)
    outdated = "Bài không còn."


class Returned(ArticleNotice):
    code = "news.returned"
    label = "Tin, bài bị trả lại"
    states = (ArticleState.DRAFT,)
    outdated = "Bài đã được trình lại."


class Approved(ArticleNotice):
    code = "news.approved"
    label = "Tin, bài được duyệt"
    mandatory = False
    states = (ArticleState.APPROVED, ArticleState.SCHEDULED)
    outdated = "Bài đã đăng, hoặc không còn được duyệt."


class HeldBack(ArticleNotice):
    code = "news.held_back"
    label = "Tin, bài không đăng được đúng giờ"
    states = (ArticleState.FOR_APPROVAL,)
    outdated = "Bài đã được xử lý."


class Published(ArticleNotice):
    code = "news.published"
    label = "Tin, bài được đăng"
    mandatory = False
    states = (ArticleState.PUBLISHED,)
    outdated = "Bài đã được gỡ."


class Corrected(ArticleNotice):
    code = "news.corrected"
    label = "Tin đã đăng được sửa"
    states = (ArticleState.PUBLISHED,)
    outdated = "Bài đã được gỡ."


class Withdrawn(ArticleNotice):
    code = "news.withdrawn"
    label = "Tin, bài bị gỡ"
    states = (ArticleState.WITHDRAWN,)
    outdated = "Bài đã được trình lại."


KINDS = (
    ForEditing,
    ForApproval,
    Overdue,
    Commented,
    Returned,
    Approved,
    HeldBack,
    Published,
    Corrected,
    Withdrawn,
)


def tell_for_editing(article: Article, *, by: User, key: str, text: str = "") -> None:
    _tell(
        ForEditing,
        article,
        _asked(article.editor, article, by),
        by=by,
        key=key,
        title="Chờ biên tập",
        sentence=f"Đồng chí {by} gửi bài này để biên tập.{_due(article)} Sửa rồi trình duyệt, hoặc trả lại.",
        reason=text,
    )


def tell_for_approval(article: Article, *, by: User, key: str, text: str = "") -> None:
    _tell(
        ForApproval,
        article,
        _asked(article.approver, article, by),
        by=by,
        key=key,
        title="Chờ duyệt",
        sentence=f"Đồng chí {by} trình duyệt bài này.{_due(article)} Đọc và duyệt, hoặc trả lại kèm lý do.",
        reason=text,
    )


def tell_overdue(article: Article, *, key: str) -> bool:
    """True when somebody was told who had not been told before."""
    if Notice.objects.filter(key=f"{Overdue.code}:{key}").exists():
        return False
    doing = "biên tập" if article.state == ArticleState.FOR_EDITING else "duyệt"
    return _tell(
        Overdue,
        article,
        _asked(article.in_charge, article, None),
        by=None,
        key=key,
        title="Quá hạn xử lý",
        sentence=f"Bài này chờ {doing}, hạn {dates.day(article.due_on)} đã qua." if article.due_on else "",
    )


def tell_comment(article: Article, people: Iterable[User], *, by: User, key: str, text: str) -> None:
    _tell(
        Commented,
        article,
        _others(people, by),
        by=by,
        key=key,
        title="Góp ý",
        sentence=f"Đồng chí {by} góp ý bài này.",
        reason=text,
    )


def tell_returned(article: Article, people: Iterable[User], *, by: User, key: str) -> None:
    _tell(
        Returned,
        article,
        _others(people, by),
        by=by,
        key=key,
        title="Trả lại để sửa",
        sentence=f"Đồng chí {by} trả lại bài này để sửa rồi trình lại.",
        reason=article.note,
    )


def tell_approved(article: Article, people: Iterable[User], *, by: User, key: str) -> None:
    hour = f"; bài sẽ tự đăng lúc {dates.moment(article.publish_at)}" if article.publish_at else ""
    _tell(
        Approved,
        article,
        _others(people, by),
        by=by,
        key=key,
        title="Đã duyệt",
        sentence=f"Đồng chí {by} đã duyệt bài này{hour}.",
    )


def tell_held_back(article: Article, people: Iterable[User], *, key: str) -> None:
    _tell(
        HeldBack,
        article,
        people,
        by=None,
        key=key,
        title="Không đăng được",
        sentence="Đến giờ hẹn mà bài này không đăng được; bài trở về chờ duyệt.",
        reason=article.note,
    )


def tell_published(
    article: Article, people: Iterable[User], *, by: User | None, key: str, late: str = ""
) -> None:
    _tell(
        Published,
        article,
        _others(people, by),
        by=by,
        key=key,
        title="Đã đăng",
        sentence=" ".join(
            filter(None, [f"Bài này đã hiện với người đọc; người duyệt: {article.approved_by}.", late])
        ),
    )


def tell_corrected(article: Article, people: Iterable[User], *, by: User, key: str) -> None:
    _tell(
        Corrected,
        article,
        _others(people, by),
        by=by,
        key=key,
        title="Tin đã đăng được sửa",
        sentence=f"Đồng chí {by} sửa bài này sau khi đăng. Đọc lại bản đang hiện trên cổng.",
        reason=article.correction,
    )


def tell_withdrawn(article: Article, people: Iterable[User], *, by: User, key: str) -> None:
    _tell(
        Withdrawn,
        article,
        _others(people, by),
        by=by,
        key=key,
        title="Đã gỡ",
        sentence=f"Đồng chí {by} gỡ bài này khỏi cổng.",
        reason=article.note,
    )


def tell_expired(article: Article, people: Iterable[User], *, key: str) -> None:
    _tell(
        Withdrawn,
        article,
        list(people),
        by=None,
        key=key,
        title="Hết ngày hiện",
        sentence="Bài đã hiện hết ngày biên tập viên ghi; cổng gỡ bài khỏi các trang.",
        reason=article.note,
    )


def _asked(named: User | None, article: Article, by: User | None) -> list[User]:
    """The one who was asked by name; else every editor who did not write it and is not asking."""
    if named is not None:
        return _others([named], by)
    editors = User.objects.with_role(Role.EDITOR).exclude(pk=article.author_id)
    return _others(editors, by)


def _due(article: Article) -> str:
    return f" Hạn {dates.day(article.due_on)}." if article.due_on else ""


def _others(people: Iterable[User | None], by: User | None) -> list[User]:
    return [person for person in people if person is not None and (by is None or person.pk != by.pk)]


def _tell(
    kind: type[ArticleNotice],
    article: Article,
    people: Iterable[User],
    *,
    by: User | None,
    key: str,
    title: str,
    sentence: str,
    reason: str = "",
) -> bool:
    recipients = [
        outbox.Recipient(user=person, name=str(person), address=person.email, key=f"user:{person.pk}")
        for person in people
    ]
    if not recipients:
        return False
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
    return True
