"""The gallery of an item. Each change is one of the item: its approval, its correction, its letters."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from members.models import User
from news.actions.pictures import ask_for_sizes, drop_sizes
from news.actions.text import edit
from news.models import Article, Photo
from portal.files import delete_after_commit
from portal.files.checks import check_upload
from portal.files.pictures import rewritten
from portal.vietnamese import nfc

#: More than these nobody looks through, and a page of them is heavy.
MOST_PHOTOS = 30
PHOTO_SIDE = 1600


@transaction.atomic
def add_photo(
    article: Article, *, by: User, file: File[bytes], alt: str, caption: str = "", credit: str = ""
) -> Photo:
    """At the end of the gallery, written anew: no place, no camera, nothing behind the picture."""
    try:
        check_upload(file, kinds=("image",))
        fresh = rewritten(file, max_side=PHOTO_SIDE)
    except ValidationError as error:
        raise ValidationError({"file": error}) from error
    article = _edited(article, by=by, correction="Thêm ảnh vào bộ ảnh")
    last = article.photos.order_by("position").last()
    if article.photos.count() >= MOST_PHOTOS:
        raise ValidationError(f"Bộ ảnh đã có {MOST_PHOTOS} ảnh. Bỏ bớt ảnh rồi thêm.")
    photo = Photo(
        article=article,
        position=last.position + 1 if last else 1,
        file=fresh.file,
        **_words(alt=alt, caption=caption, credit=credit),
    )
    photo.save()
    ask_for_sizes()
    return photo


@transaction.atomic
def describe_photo(photo: Photo, *, by: User, alt: str, caption: str, credit: str) -> Photo:
    words = _words(alt=alt, caption=caption, credit=credit)
    _edited(photo.article, by=by, correction="Sửa chú thích ảnh")
    for name, text in words.items():
        setattr(photo, name, text)
    photo.save(update_fields=list(words))
    return photo


@transaction.atomic
def move_photo(photo: Photo, *, by: User, forward: bool) -> None:
    """One place towards the beginning or the end; at either end nothing changes."""
    article = _edited(photo.article, by=by, correction="Xếp lại bộ ảnh")
    photos = list(article.photos.all())
    place = next(index for index, one in enumerate(photos) if one.pk == photo.pk)
    other = place - 1 if forward else place + 1
    if not 0 <= other < len(photos):
        return
    photos[place], photos[other] = photos[other], photos[place]
    for position, one in enumerate(photos, start=1):
        one.position = position
    Photo.objects.bulk_update(photos, ["position"])


@transaction.atomic
def remove_photo(photo: Photo, *, by: User) -> None:
    _edited(photo.article, by=by, correction="Bỏ ảnh khỏi bộ ảnh")
    drop_sizes(str(photo.file.name))
    photo.delete()
    delete_after_commit(photo.file)


def _edited(article: Article, *, by: User, correction: str) -> Article:
    """The item as changed by this hand: on top of whatever stands, its text untouched."""
    article.refresh_from_db(fields=["version"])
    return edit(article, by=by, version=article.version, values={}, correction=correction)


def _words(**words: str) -> dict[str, str]:
    cleaned = {name: nfc(text) for name, text in words.items()}
    if not cleaned["alt"]:
        raise ValidationError({"alt": "Ảnh cần một câu mô tả cho người không nhìn được."})
    return cleaned
