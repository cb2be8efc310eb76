"""Lasting pages: given to somebody, looked through, asked for again when their day comes."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import PartyOrganization, User
from news import edition, upkeep_notices
from news.actions.trail import locked
from news.models import Article, ArticleState, Upkeep
from news.permissions import can_review
from portal import audit
from portal.dates import months_later

#: So many days before its day the owner is asked; once more when it has gone by.
DAYS_BEFORE = 14


@transaction.atomic
def give_upkeep(
    article: Article,
    *,
    owner: User,
    organization: PartyOrganization,
    months: int,
    review_on: datetime.date,
    by: User,
) -> Article:
    """Make an item a lasting one, or say anew who answers for it and by when it is looked through."""
    article = locked(article, *(state for state in ArticleState if state != ArticleState.WITHDRAWN))
    if review_on < timezone.localdate():
        raise ValidationError({"review_on": "Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."})
    if not Article.objects.visible_to(owner).filter(pk=article.pk).exists():
        raise ValidationError({"owner": f"Đồng chí {owner} không được đọc bài này. Chọn người khác."})
    kept = Upkeep.objects.filter(article=article).first() or Upkeep(article=article)
    before = [kept.owner_id, kept.review_on.isoformat()] if kept.pk else [None, None]
    kept.owner, kept.organization, kept.months, kept.review_on = owner, organization, months, review_on
    kept.full_clean()
    kept.save()
    audit.record(
        "news.give_upkeep",
        about=article,
        by=by,
        summary="Giao phụ trách bài dùng lâu dài",
        changes={"owner": [before[0], owner.pk], "review_on": [before[1], review_on.isoformat()]},
    )
    edition.renew()
    return article


@transaction.atomic
def review(kept: Upkeep, *, by: User) -> Upkeep:
    """It was looked through and still holds: the next day is reckoned from today."""
    kept = Upkeep.objects.select_for_update(of=("self",)).select_related("article").get(pk=kept.pk)
    if not can_review(by, kept):
        raise PermissionDenied("Bài do người phụ trách và biên tập viên rà soát.")
    today, before = timezone.localdate(), kept.review_on
    kept.reviewed_on, kept.reviewed_by = today, by
    kept.review_on = months_later(today, kept.months)
    kept.save(update_fields=["reviewed_on", "reviewed_by", "review_on"])
    audit.record(
        "news.review_article",
        about=kept.article,
        by=by,
        summary="Rà soát bài dùng lâu dài",
        changes={"review_on": [before.isoformat(), kept.review_on.isoformat()]},
    )
    edition.renew()
    return kept


@transaction.atomic
def end_upkeep(kept: Upkeep, *, by: User) -> Article:
    """An item like any other again: nobody is asked to look it through."""
    article = kept.article
    kept.delete()
    audit.record("news.end_upkeep", about=article, by=by, summary="Thôi giao phụ trách bài dùng lâu dài")
    edition.renew()
    return article


def ask_for_reviews() -> int:
    """Called again and again: the key of the letter says which day has been asked for."""
    today = timezone.localdate()
    near = Upkeep.objects.before_readers().filter(review_on__lte=today + datetime.timedelta(days=DAYS_BEFORE))
    return sum(_ask(kept.pk) for kept in near.only("pk"))


@transaction.atomic
def _ask(pk: int) -> bool:
    # Under lock: it may have been looked through between the look and the letter.
    kept = (
        Upkeep.objects.select_for_update(of=("self",))
        .select_related("article", "owner", "organization")
        .filter(pk=pk)
        .first()
    )
    if kept is None or not kept.is_due(timezone.localdate(), days=DAYS_BEFORE):
        return False
    return upkeep_notices.ask(kept)
