"""The gallery of an item: added, described, put in order, taken out; seen by whoever may read the item."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import PNG, publish, status, write

from members.models import User
from news import actions
from news.models import Article, ArticleState, Photo, Rendition

Browser = Callable[[User | None], Client]


def add(article: Article, *, by: User, alt: str = "Đại biểu biểu quyết", **words: str) -> Photo:
    return actions.add_photo(article, by=by, file=ContentFile(PNG, "anh.png"), alt=alt, **words)


def order(article: Article) -> list[str]:
    return list(Photo.objects.filter(article=article).values_list("alt", flat=True))


def test_photographs_stand_in_the_order_an_editor_gives_them(draft: Article, edi: User) -> None:
    first, _, third = (add(draft, by=edi, alt=alt) for alt in ("Một", "Hai", "Ba"))

    actions.move_photo(third, by=edi, forward=True)
    actions.move_photo(first, by=edi, forward=True)

    assert order(draft) == ["Một", "Ba", "Hai"]


def test_reader_sees_them_with_their_words_in_every_size(
    draft: Article, edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    photo = add(draft, by=edi, caption="Quang cảnh.", credit="Văn phòng")
    draft.refresh_from_db()
    publish(draft, by=edi2)
    actions.make_sizes()
    reader = signed_in(mem_a1)

    page = reader.get(draft.get_absolute_url()).content.decode()

    assert "Quang cảnh. Ảnh: Văn phòng" in page and 'alt="Đại biểu biểu quyết"' in page
    assert reverse("news:photo_size", args=[photo.pk, "8.webp"]) in page
    assert status(reader, reverse("news:photo_size", args=[photo.pk, "8.webp"])) == 200


def test_photographs_of_a_hidden_item_are_hidden(cast: Cast, edi2: User, signed_in: Browser) -> None:
    article = write(cast.edi, "Chuyện riêng", only_for=cast.b)
    photo = add(article, by=cast.edi)
    article.refresh_from_db()
    publish(article, by=edi2)
    actions.make_sizes()
    addresses = [reverse("news:photo", args=[photo.pk])]
    addresses += [reverse("news:photo_size", args=[photo.pk, f"8.{end}"]) for end in ("webp", "jpg")]

    seen = {user: {status(signed_in(user), one) for one in addresses} for user in (cast.mem_a1, cast.mem_b1)}

    assert seen == {cast.mem_a1: {404}, cast.mem_b1: {200}}


def test_change_of_the_gallery_is_a_change_of_the_item(draft: Article, edi: User, edi2: User) -> None:
    hour = timezone.now() + datetime.timedelta(hours=1)
    publish(draft, by=edi2, at=hour)

    add(draft, by=edi)
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == (ArticleState.FOR_APPROVAL, None)

    actions.approve_and_publish(draft, by=edi2, version=draft.version)
    actions.remove_photo(Photo.objects.get(), by=edi)
    draft.refresh_from_db()
    assert (draft.state, draft.correction) == (ArticleState.PUBLISHED, "Bỏ ảnh khỏi bộ ảnh")


def test_photograph_leaves_the_disk_with_all_its_sizes(
    draft: Article, edi: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    photo = add(draft, by=edi)
    actions.make_sizes()
    files = [Photo.objects.get().file, *(one.file for one in Rendition.objects.all())]

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo, by=edi)

    assert len(files) == 3
    assert not any(file.storage.exists(file.name) for file in files)


@pytest.mark.parametrize(
    ("name", "content", "alt", "sentence"),
    [
        ("anh.png", PNG, "", "Ảnh cần một câu mô tả"),
        ("anh.png", b"<svg onload=alert(1)>", "Ảnh", "không phải ảnh JPEG, PNG, WebP"),
        ("anh.svg", PNG, "Ảnh", "Chỉ nhận"),
    ],
)
def test_bad_photograph_is_refused_in_words(
    draft: Article, edi: User, name: str, content: bytes, alt: str, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        actions.add_photo(draft, by=edi, file=SimpleUploadedFile(name, content), alt=alt)

    assert not Photo.objects.exists()


def test_gallery_has_an_end(draft: Article, edi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("news.actions.gallery.MOST_PHOTOS", 1)
    add(draft, by=edi)

    with pytest.raises(ValidationError, match="Bỏ bớt ảnh"):
        add(draft, by=edi)


def test_editor_works_on_the_gallery_by_its_page(draft: Article, edi: User, signed_in: Browser) -> None:
    browser, address = signed_in(edi), reverse("news:gallery", args=[draft.pk])
    browser.post(address, {"file": SimpleUploadedFile("a.png", PNG), "alt": "Một"})
    browser.post(address, {"file": SimpleUploadedFile("b.png", PNG), "alt": "Hai"})
    one, two = Photo.objects.order_by("position")

    browser.post(reverse("news:change_photo", args=[draft.pk, two.pk]), {"act": "forward"})
    words = {f"anh-{one.pk}-alt": "Một, sửa", f"anh-{one.pk}-caption": "Chú thích", "act": "save"}
    browser.post(reverse("news:change_photo", args=[draft.pk, one.pk]), words)
    wrong = browser.post(reverse("news:change_photo", args=[draft.pk, one.pk]), {"act": "save"})

    assert order(draft) == ["Hai", "Một, sửa"]
    assert "bắt buộc" in wrong.content.decode() and browser.get(address).status_code == 200
