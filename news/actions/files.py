"""The picture and the files of a news item, inside the action that saves its text."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import File

from news.actions.pictures import ask_for_sizes, drop_sizes
from news.models import Article, Attachment
from portal.files import delete_after_commit
from portal.files.checks import accepted, check_upload
from portal.files.pictures import rewritten

COVER_SIDE = 1600


def put_cover(article: Article, picture: File[bytes], *, alt: str) -> None:
    """Set the picture, written anew; the row is saved by the caller."""
    if not alt.strip():
        raise ValidationError({"cover_alt": "Ảnh cần một câu mô tả cho người không nhìn được."})
    try:
        check_upload(picture, kinds=("image",))
        fresh = rewritten(picture, max_side=COVER_SIDE)
    except ValidationError as error:
        raise ValidationError({"cover": error}) from error
    drop_cover(article)
    article.cover, article.cover_alt = fresh.file, alt
    ask_for_sizes()


def drop_cover(article: Article) -> None:
    """Without a picture; the old one leaves the disk once nothing refers to it any more."""
    article.cover_widths = None
    if article.cover:
        drop_sizes(str(article.cover.name))
        delete_after_commit(article.cover)
    article.cover = ""


def accepted_files(files: Iterable[File[bytes]], *, no_state_secret: bool) -> list[File[bytes]]:
    """All of them looked into before the first one is written: a refusal leaves nothing on the disk.

    The confirmation counts for all of them.
    """
    kept = [_accepted(file) for file in files]
    if kept and not no_state_secret:
        raise ValidationError({"no_state_secret": "Cần xác nhận các tệp không chứa bí mật nhà nước."})
    return kept


def attach(article: Article, files: Iterable[File[bytes]]) -> None:
    """Files that were accepted, under the names people know."""
    for file in files:
        Attachment.objects.create(
            article=article,
            name=file.name or "",
            file=file,
            size=file.size,
            no_state_secret_confirmed=True,
        )


def remove(article: Article, attachments: Iterable[Attachment]) -> None:
    for attachment in article.attachments.filter(pk__in=[row.pk for row in attachments]):
        delete_after_commit(attachment.file)
        attachment.delete()


def _accepted(file: File[bytes]) -> File[bytes]:
    try:
        return accepted(file, kinds=("document", "image"))
    except ValidationError as error:
        raise ValidationError({"attached": f"{file.name}: {' '.join(error.messages)}"}) from error
