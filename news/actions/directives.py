"""What makes an article a document: written beside its text, corrected like it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from members.models import User
from news import edition
from news.models import Article, Directive
from portal import audit


@transaction.atomic
def describe_document(article: Article, *, by: User, values: Mapping[str, Any]) -> Directive:
    """Number, issuing body and validity of the document this article brings; again to correct them."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    directive = Directive.objects.filter(article=article).first() or Directive(article=article)
    before = {name: getattr(directive, name) for name in values}
    for name, value in values.items():
        setattr(directive, name, value)
    directive.clean_fields(exclude=["article"])
    directive.save()
    changed = sorted(name for name in values if before[name] != values[name])
    audit.record(
        "news.describe_document",
        about=article,
        by=by,
        summary="Ghi thông tin văn bản",
        changes={"fields": changed},
    )
    edition.renew()
    return directive
