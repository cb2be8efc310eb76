"""Writing: a draft is made, its text and audience are changed, nobody's words are overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from members.models import PartyOrganization, User
from news import edition, notices
from news.actions.files import accepted_files, attach, drop_cover, put_cover, remove
from news.models import Article, ArticleState, Attachment, Category
from news.slugs import unique_slug
from portal import audit

EDITABLE = frozenset(
    {
        "title",
        "lead",
        "body",
        "category",
        "byline",
        "source",
        "cover_alt",
        "cover_caption",
        "is_for_all",
    }
)


class EditConflict(ValidationError):
    """Somebody has saved since the form was opened; `current` is what stands now."""

    def __init__(self, current: Article) -> None:
        super().__init__(
            "Bài này đã được sửa và lưu sau khi đồng chí mở ra. Chưa ghi đè chữ nào.", code="conflict"
        )
        self.current = current


@transaction.atomic
def create_draft(
    *,
    by: User,
    title: str,
    category: Category,
    lead: str = "",
    body: str = "",
    byline: str = "",
    source: str = "",
    is_for_all: bool = True,
    organizations: Iterable[PartyOrganization] = (),
    cover: File[bytes] | None = None,
    cover_alt: str = "",
    cover_caption: str = "",
    attached: Iterable[File[bytes]] = (),
    no_state_secret: bool = False,
) -> Article:
    """A new draft of `by`. `organizations` are its readers when it is not for everybody."""
    audience = _audience(is_for_all, organizations)
    kept = accepted_files(attached, no_state_secret=no_state_secret)
    article = Article(
        author=by,
        title=title,
        slug=unique_slug(title),
        category=category,
        lead=lead,
        body=body,
        byline=byline,
        source=source,
        is_for_all=is_for_all,
        cover_caption=cover_caption,
    )
    if cover:
        put_cover(article, cover, alt=cover_alt)
    article.clean_fields(exclude=["author", "category", "approved_by"])
    article.save()
    article.audience_organizations.set(audience)
    attach(article, kept)
    audit.record("news.create_draft", about=article, by=by, summary="Viết bản nháp")
    return article


@transaction.atomic
def edit(
    article: Article,
    *,
    by: User,
    version: int,
    values: Mapping[str, Any],
    organizations: Iterable[PartyOrganization] | None = None,
    cover: File[bytes] | None = None,
    without_cover: bool = False,
    attached: Iterable[File[bytes]] = (),
    no_state_secret: bool = False,
    removed: Iterable[Attachment] = (),
) -> Article:
    """Save what an editor has changed since `version`; `values` are fields of EDITABLE.

    1. Under lock: somebody else's newer text is never overwritten unseen (EditConflict).
    2. A published item stays published; author and approver are told that it was corrected.
    """
    if unknown := set(values) - EDITABLE:
        raise TypeError(f"An edit does not change {sorted(unknown)}")
    current = Article.objects.select_for_update(of=("self",)).select_related("category").get(pk=article.pk)
    if current.version != version:
        raise EditConflict(current)
    kept = accepted_files(attached, no_state_secret=no_state_secret)
    before = {field: getattr(current, field) for field in values}
    for field, value in values.items():
        setattr(current, field, value)
    if organizations is not None:
        current.audience_organizations.set(_audience(current.is_for_all, organizations))
    if current.submitted_at is None:
        # Nobody but the editors has seen the address yet.
        current.slug = unique_slug(current.title, keep=current.slug)
    if without_cover:
        drop_cover(current)
        current.cover_alt, current.cover_caption = "", ""
    if cover:
        put_cover(current, cover, alt=current.cover_alt)
    current.version += 1
    current.clean_fields(exclude=["author", "category", "approved_by"])
    current.save(
        update_fields=[
            *values,
            "slug",
            "cover",
            "cover_width",
            "cover_height",
            "cover_alt",
            "cover_caption",
            "version",
            "updated_at",
        ]
    )
    attach(current, kept)
    remove(current, removed)
    # Names of fields only: the texts themselves are no matter for the audit log.
    changed = sorted(field for field in values if getattr(current, field) != before[field])
    entry = audit.record(
        "news.edit", about=current, by=by, summary="Sửa tin, bài", changes={"fields": changed}
    )
    if current.state == ArticleState.PUBLISHED:
        edition.renew()
        notices.tell_corrected(current, by=by, key=str(entry.pk))
    return current


def _audience(is_for_all: bool, organizations: Iterable[PartyOrganization]) -> list[PartyOrganization]:
    chosen = [] if is_for_all else list(organizations)
    if not is_for_all and not chosen:
        raise ValidationError(
            {"organizations": "Chưa chọn tổ chức được đọc. Chọn ít nhất một, hoặc để cho toàn đảng bộ."}
        )
    return chosen
