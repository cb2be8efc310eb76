"""What other pages show of the news; each tag fetches what the reader may see and no more."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from members.models import User
from news import edition
from news.forms import DigestForm
from news.models import Article, NewsDigest, NewsFeed, Reader
from news.permissions import can_write_news
from portal.waiting import Waiting

register = template.Library()

LATEST = 6
AT_HOME = 3
WAITING = 10


@register.simple_tag(takes_context=True)
def lead_news(context: Context) -> SafeString:
    """The newest item (or the pinned one) with its picture; a sentence when nothing has been published."""
    return _front(context["request"].user)[0]


@register.simple_tag(takes_context=True)
def latest_news(context: Context) -> SafeString:
    """The six items after the newest."""
    return _front(context["request"].user)[1]


@register.simple_tag(takes_context=True)
def readings_to_do(context: Context) -> Waiting:
    """Documents this person has not acknowledged yet, what is due first on top."""
    user = context["request"].user
    return Waiting.first(Reader.objects.visible_to(user).owed_by(user), AT_HOME)


@register.inclusion_tag("news/my_feed.html", takes_context=True)
def my_news_feed(context: Context) -> dict[str, Any]:
    """One's own address of the news, on the page of the account."""
    feed = NewsFeed.objects.filter(user=context["request"].user).first()
    return {"feed": feed, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("news/my_digest.html", takes_context=True)
def my_news_digest(context: Context) -> dict[str, Any]:
    """The news by letter, on the page of one's notices."""
    digest = NewsDigest.objects.visible_to(context["request"].user).first()
    form = DigestForm(initial={"rhythm": digest.rhythm if digest else ""}, auto_id="ban-tin-%s")
    return {"digest": digest, "form": form, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("news/for_approval.html", takes_context=True)
def drafts_for_approval(context: Context) -> dict[str, Any]:
    """For the admin desk: what waits for an editor, oldest first; nothing for anybody else."""
    user = context["request"].user
    if not can_write_news(user):
        return {"is_editor": False}
    waiting = Article.objects.visible_to(user).for_approval().as_rows().select_related("author")
    return {"is_editor": True, "articles": waiting.order_by("submitted_at", "pk")[:WAITING]}


def _front(user: User) -> tuple[SafeString, SafeString]:
    lead, rest = edition.kept("front", user=user, build=lambda: _render_front(user))
    return mark_safe(lead), mark_safe(rest)


def _render_front(user: User) -> tuple[str, str]:
    published = Article.objects.published_to(user).as_rows().newest_first()
    articles = list(published[: LATEST + 1])
    if pinned := published.pinned(timezone.localdate()).first():
        articles = [pinned, *(one for one in articles if one.pk != pinned.pk)][: LATEST + 1]
    lead = render_to_string("news/lead_story.html", {"article": articles[0] if articles else None})
    return lead, render_to_string("news/stories.html", {"articles": articles[1:]})
