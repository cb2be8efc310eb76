"""The news item of a conference: drafted from its records, and never over a person's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions.meetings import lock
from meetings.models import Meeting, MeetingArticle, MeetingState
from members.models import User
from news import actions as news_actions
from news.models import Article, ArticleState, Category
from portal import audit

#: The category of activities; the office may have renamed it, its slug stays.
CATEGORY = "tin-hoat-dong"


@dataclass(frozen=True)
class Composition:
    """What the records say, as a text, with the facts it was made from."""

    title: str
    lead: str
    body: str
    facts: dict[str, Any] = field(default_factory=dict)


def get_news_refusal(meeting: Meeting) -> str | None:
    """Why no news item can be composed (again); None when it can."""
    if meeting.state not in (MeetingState.MINUTES, MeetingState.FINAL):
        return "Hội nghị chưa bế mạc nên chưa soạn tin được."
    item = MeetingArticle.objects.filter(meeting=meeting).select_related("article").first()
    if item is None:
        return None
    if item.article.state != ArticleState.DRAFT:
        return f"Tin đang ở trạng thái “{item.article.get_state_display()}”, không soạn lại được."
    if item.article.body != item.composed_body:
        return "Tin đã có người sửa, soạn lại sẽ mất chữ của người đó."
    return None


@transaction.atomic
def write_news_item(meeting: Meeting, composition: Composition, *, by: User) -> MeetingArticle:
    """A new draft, or the same draft again as long as nobody has touched its body.

    A title or lead that somebody has rewritten stays even then.
    """
    meeting = lock(meeting)
    item = MeetingArticle.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    if item is not None:
        # Under lock, so that an editor's save can't fall between the look and the write.
        item.article = Article.objects.select_for_update(of=("self",)).get(pk=item.article_id)
    if refusal := get_news_refusal(meeting):
        raise ValidationError(refusal)
    item = _write_again(item, composition, by=by) if item else _write_first(meeting, composition, by=by)
    audit.record("meetings.news_item", about=meeting, by=by, summary="Soạn tin từ hồ sơ hội nghị")
    return item


def _write_first(meeting: Meeting, composition: Composition, *, by: User) -> MeetingArticle:
    article = news_actions.create_draft(
        by=by,
        title=composition.title,
        category=Category.objects.get_or_create(slug=CATEGORY, defaults={"name": "Tin hoạt động"})[0],
        lead=composition.lead,
        body=composition.body,
    )
    return MeetingArticle.objects.create(
        meeting=meeting, article=article, composed_body=article.body, facts=_kept(composition)
    )


def _write_again(item: MeetingArticle, composition: Composition, *, by: User) -> MeetingArticle:
    article = item.article
    values = {"body": composition.body} | {
        name: getattr(composition, name)
        for name in ("title", "lead")
        if getattr(article, name) == item.facts.get(name)
    }
    article = news_actions.edit(article, by=by, version=article.version, values=values)
    item.article = article
    item.composed_body = article.body
    item.facts = _kept(composition)
    item.composed_at = timezone.now()
    item.save(update_fields=["composed_body", "facts", "composed_at"])
    return item


def _kept(composition: Composition) -> dict[str, Any]:
    return composition.facts | {"title": composition.title, "lead": composition.lead}
