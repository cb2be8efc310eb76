"""The news item written from a conference's records."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from meetings.models.meetings import Meeting
from news.models import Article


class MeetingArticle(models.Model):
    """Links a conference with its news item and keeps the facts the draft was composed from.

    `composed_body` is the text as the portal wrote it: as long as the article still holds exactly
    that, it may be composed again; once a person has changed it, never.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="news_item")
    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="meeting_article")
    composed_body = models.TextField(editable=False)
    facts = models.JSONField(editable=False, default=dict)
    composed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "tin của hội nghị"
        verbose_name_plural = "tin của hội nghị"

    def __str__(self) -> str:
        return str(self.article)
