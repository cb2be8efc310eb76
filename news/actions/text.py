"""Writing: a draft is made, its text and audience are changed, nobody's words are overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import connection, transaction
from django.utils import timezone

from members.models import PartyOrganization, User
from news import edition, notices
from news.actions.files import accepted_files, attach, drop_cover, put_cover, remove
from news.actions.pictures import ask_for_sizes
from news.actions.revisions import keep_revision
from news.actions.trail import note, people_on
from news.models import Article, ArticleRevision, ArticleState, Attachment, Category, Focus, StepVerb
from news.models.articles import CLEARED, UNTITLED
from news.slugs import unique_slug
from portal import audit, richtext
from portal.saving import On, Outcome, outcome
from portal.vietnamese import nfc

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
        "cover_credit",
        "cover_focus",
        "is_for_all",
    }
)


CHANGED = "Bài được sửa sau khi duyệt: đọc lại và duyệt lại."


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
    cover_credit: str = "",
    cover_focus: str = Focus.CENTRE,
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
        cover_credit=cover_credit,
        cover_focus=cover_focus,
    )
    if cover:
        put_cover(article, cover, alt=cover_alt)
    article.clean_fields(exclude=["author", "category", "approved_by"])
    article.save()
    article.audience_organizations.set(audience)
    attach(article, kept)
    keep_revision(article, by=by)
    audit.record("news.create_draft", about=article, by=by, summary="Viết bản nháp")
    return article


@transaction.atomic
def begin_draft(*, by: User, category: Category | None, values: Mapping[str, str], on: On) -> Article:
    """The first words typed on a new page are a draft before anybody presses Save.

    The page's own key says which draft is his: one that asks again, because the answer was lost, goes on
    with the same. Title and category may still be open.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('news.begin'), hashtext(%s))", [str(on.desk)])
    if begun := Article.objects.filter(author=by, desk=on.desk).first():
        return save_typing(begun, by=by, values=values, on=on)
    category = category or Category.objects.first()
    if category is None:
        raise ValidationError("Chưa có chuyên mục nào. Quản trị lập chuyên mục trước.", code="state")
    if not any(nfc(value) for value in (values["title"], values["lead"], richtext.to_plain(values["body"]))):
        raise ValidationError("Chưa có chữ nào để lưu.", code="state")
    article = create_draft(
        by=by,
        title=nfc(values["title"]) or UNTITLED,
        category=category,
        lead=nfc(values["lead"], multiline=True),
        body=values["body"],
    )
    article.desk, article.desk_step = on.desk, on.step
    article.save(update_fields=["desk", "desk_step"])
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
    correction: str = "",
) -> Article:
    """Save what an editor has changed since `version`; `values` are fields of EDITABLE.

    1. Under lock: somebody else's newer text is never overwritten unseen (EditConflict).
    2. An approval is for one text: a changed item goes back to its approver and has no hour any more.
    3. A published item stays published and tells its readers when it was corrected, and what.
    """
    if unknown := set(values) - EDITABLE:
        raise TypeError(f"An edit does not change {sorted(unknown)}")
    current = Article.objects.select_for_update(of=("self",)).select_related("category").get(pk=article.pk)
    if current.version != version:
        raise EditConflict(current)
    keep_revision(current, by=current.author, is_first=True)
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
        current.cover_alt = current.cover_caption = current.cover_credit = ""
    if before.get("cover_focus", current.cover_focus) != current.cover_focus:
        # What is cut for the lists is cut anew; until then they show the picture as it is.
        current.cover_widths = None
        ask_for_sizes()
    if cover:
        put_cover(current, cover, alt=current.cover_alt)
    current.version += 1
    current.desk, current.desk_step = None, 0
    clearance = _lose_clearance(current, by=by)
    if current.state == ArticleState.PUBLISHED:
        current.corrected_at, current.correction = timezone.now(), correction
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
            "cover_credit",
            "cover_widths",
            "version",
            "desk",
            "desk_step",
            "corrected_at",
            "correction",
            *clearance,
            "updated_at",
        ]
    )
    keep_revision(current, by=by)
    attach(current, kept)
    remove(current, removed)
    # Names of fields only: the texts themselves are no matter for the audit log.
    changed = sorted(field for field in values if getattr(current, field) != before[field])
    entry = audit.record(
        "news.edit", about=current, by=by, summary="Sửa tin, bài", changes={"fields": changed}
    )
    if current.state == ArticleState.PUBLISHED:
        edition.renew()
        note(current, StepVerb.CORRECTED, by=by, text=current.correction)
        notices.tell_corrected(current, people_on(current), by=by, key=str(entry.pk))
    if clearance:
        notices.tell_for_approval(current, by=by, key=str(entry.pk), text=CHANGED)
    return current


@transaction.atomic
def save_typing(article: Article, *, by: User, values: Mapping[str, str], on: On) -> Article:
    """What an open page saves by itself: title, lead and body of an item nobody reads yet.

    By the rule of `portal.saving`; a newer text of somebody else is an EditConflict. What readers see,
    or an approver has cleared, is changed by `edit` alone, by a person's own hand.
    """
    current = Article.objects.select_for_update(of=("self",)).select_related("category").get(pk=article.pk)
    if not current.saves_itself:
        raise ValidationError(
            f"Bài đang ở trạng thái “{current.get_state_display()}”, chữ chỉ đổi khi bấm Lưu.", code="state"
        )
    typed = {
        "title": nfc(values["title"]) or current.title,
        "lead": nfc(values["lead"], multiline=True),
        "body": richtext.clean(values["body"]),
    }
    stands = On(current.version, current.desk, current.desk_step)
    is_same = all(getattr(current, name) == value for name, value in typed.items())
    match outcome(stands=stands, on=on, is_same=is_same):
        case Outcome.NOTHING:
            return current
        case Outcome.CONFLICT:
            raise EditConflict(current)
    keep_revision(current, by=current.author, is_first=True)
    for name, value in typed.items():
        setattr(current, name, value)
    if current.submitted_at is None:
        current.slug = unique_slug(current.title, keep=current.slug)
    current.version += 1
    current.desk, current.desk_step = on.desk, on.step
    current.clean_fields(exclude=["author", "category", "approved_by", "editor", "approver"])
    current.save(update_fields=[*typed, "slug", "version", "desk", "desk_step", "updated_at"])
    if keep_revision(current, by=by):
        audit.record(
            "news.edit", about=current, by=by, summary="Sửa tin, bài", changes={"fields": sorted(typed)}
        )
    return current


@transaction.atomic
def restore(revision: ArticleRevision, *, by: User, version: int) -> Article:
    """The words of an earlier revision, as a new one on top of `version`: nothing in between is lost."""
    values = {"title": revision.title, "lead": revision.lead, "body": revision.body}
    return edit(
        revision.article,
        by=by,
        version=version,
        values=values,
        correction=f"Lấy lại bản {revision.version}",
    )


def _lose_clearance(article: Article, *, by: User) -> list[str]:
    """An approved text that changes is not approved any more; the fields to save with it."""
    if article.state not in CLEARED:
        return []
    article.state, article.note = ArticleState.FOR_APPROVAL, CHANGED
    article.approved_by = article.approved_version = article.publish_at = None
    note(article, StepVerb.CHANGED, by=by)
    return ["state", "note", "approved_by", "approved_version", "publish_at"]


def _audience(is_for_all: bool, organizations: Iterable[PartyOrganization]) -> list[PartyOrganization]:
    chosen = [] if is_for_all else list(organizations)
    if not is_for_all and not chosen:
        raise ValidationError(
            {"organizations": "Chưa chọn tổ chức được đọc. Chọn ít nhất một, hoặc để cho toàn đảng bộ."}
        )
    return chosen
