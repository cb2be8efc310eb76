"""The sizes of pictures: made in the background, thrown away with the picture they are of."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from news import edition
from news.models import Article, Focus, Photo, Rendition
from news.models.pictures import CUT, CUT_SHAPE, CUT_WIDTHS, WIDTHS
from portal.files import delete_after_commit
from portal.files.pictures import cuts, sizes
from portal.outbox.nudging import nudge

logger = logging.getLogger(__name__)

TASK = "news.tasks.make_sizes"


def ask_for_sizes() -> None:
    """After the commit; what is not asked for is found by the sweep."""
    transaction.on_commit(partial(nudge, task=TASK), robust=True)


def make_sizes() -> int:
    """Make all sizes that are missing; for how many pictures. Two workers never make the same one."""
    made = 0
    while _make_next():
        made += 1
    return made


def drop_sizes(original: str) -> None:
    """Inside the caller's transaction; the files leave the disk once nothing refers to them."""
    for rendition in Rendition.objects.filter(original=original):
        delete_after_commit(rendition.file)
        rendition.delete()


def _make_next() -> bool:
    return _make_cover() or _make_photo()


@transaction.atomic
def _make_cover() -> bool:
    """The row stays locked meanwhile: a worker that dies leaves it to be done."""
    waiting = Article.objects.with_picture_to_size().select_for_update(of=("self",), skip_locked=True)
    article = waiting.order_by("-pk").first()
    if article is None:
        return False
    focus = Focus(article.cover_focus)
    article.cover_widths = _made(article.cover, article.cover_width or 1, focus=focus)
    article.save(update_fields=["cover_widths"])
    edition.renew()
    return True


@transaction.atomic
def _make_photo() -> bool:
    waiting = Photo.objects.to_size().select_for_update(of=("self",), skip_locked=True)
    photo = waiting.order_by("-pk").first()
    if photo is None:
        return False
    photo.widths = _made(photo.file, photo.width)
    photo.save(update_fields=["widths"])
    edition.renew()
    return True


def _made(picture: FieldFile, width: int, *, focus: Focus | None = None) -> list[int]:
    """The widths the picture now has; none where it can't be read: then it is shown as it is."""
    original = str(picture.name)
    written: list[Rendition] = []
    try:
        with transaction.atomic():
            drop_sizes(original)
            widths = sorted({min(width, one) for one in WIDTHS})
            for name, content in _contents(picture, widths, focus):
                rendition = Rendition(original=original, name=name)
                written.append(rendition)
                rendition.file.save(name, content)
            return widths
    except Exception:  # the edge: whatever is wrong with the file, the page shows the picture as it came
        logger.exception("The sizes of a picture could not be made", extra={"picture": original})
        for rendition in written:
            rendition.file.storage.delete(str(rendition.file.name))
        return []


def _contents(
    picture: FieldFile, widths: list[int], focus: Focus | None
) -> Iterator[tuple[str, ContentFile[bytes]]]:
    """Those cut for the lists too, where the point that matters was chosen."""
    with picture.storage.open(str(picture.name), "rb") as file:
        for width, ending, content in sizes(file, widths):
            yield f"{width}.{ending}", content
        if focus:
            for width, ending, content in cuts(file, CUT_WIDTHS, shape=CUT_SHAPE, focus=focus.point):
                yield f"{CUT}{width}.{ending}", content
