"""Pictures of news items: sizes made in the background, cut round what matters, gone with the picture."""

import io
import re
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from newsroom import publish, write
from PIL import Image

from members.models import User
from news import actions
from news.models import Article, Focus, Rendition

Browser = Callable[[User | None], Client]
WHOLE = [f"{width}.{ending}" for width in (480, 800, 1000) for ending in ("jpg", "webp")]
CUT = [f"nho-{width}.{ending}" for width in (160, 320) for ending in ("jpg", "webp")]


def photo(kind: str = "JPEG") -> ContentFile:
    """A thousand pixels wide; red on the left, blue on the right."""
    picture = Image.new("RGB", (1000, 400), "#c00000")
    picture.paste("#0000c0", (500, 0, 1000, 400))
    out = io.BytesIO()
    picture.save(out, kind)
    return ContentFile(out.getvalue(), f"anh.{kind.lower()}")


@pytest.fixture
def article(edi: User) -> Article:
    return write(edi, "Tin có ảnh", cover=photo(), cover_alt="Hội trường", cover_credit="Văn phòng")


def opened(article: Article, size: str) -> Image.Image:
    article.refresh_from_db()
    with Rendition.objects.get(original=article.cover.name, name=size).file.open("rb") as file:
        picture = Image.open(file)
        picture.load()
    return picture


def kind(reader: Client, address: str) -> str:
    response = reader.get(address)
    response.getvalue()
    return response["Content-Type"]


def test_every_size_is_made_once(article: Article) -> None:
    assert (actions.make_sizes(), actions.make_sizes()) == (1, 0)

    article.refresh_from_db()
    made = Rendition.objects.filter(original=article.cover.name).values_list("name", flat=True)
    assert (sorted(made), article.cover_widths) == (sorted(WHOLE + CUT), [480, 800, 1000])
    assert [opened(article, f"800.{ending}").format for ending in ("webp", "jpg")] == ["WEBP", "JPEG"]
    assert opened(article, "800.webp").size == (800, 320)


@pytest.mark.parametrize(("focus", "colour"), [(Focus.LEFT, "red"), (Focus.RIGHT, "blue")])
def test_small_one_is_cut_round_what_matters(article: Article, edi: User, focus: Focus, colour: str) -> None:
    actions.make_sizes()
    actions.edit(article, by=edi, version=1, values={"cover_focus": focus})
    actions.make_sizes()

    red, _, blue = opened(article, "nho-320.jpg").resize((1, 1)).getpixel((0, 0))
    assert opened(article, "nho-320.jpg").size == (320, 213)
    assert ("red" if red > blue else "blue") == colour


def test_item_home_and_list_offer_the_sizes(
    article: Article, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    publish(article, by=edi2)
    actions.make_sizes()
    reader = signed_in(mem_a1)

    for address, number in ((article.get_absolute_url(), 3), ("/", 3), ("/tin-tuc/", 2)):
        page = reader.get(address).content.decode()
        offered = [one.split()[0] for one in re.findall(r'srcset="([^"]*)"', page)[0].split(", ")]
        assert [kind(reader, one) for one in offered] == ["image/webp"] * number
    assert "Ảnh: Văn phòng" in reader.get(article.get_absolute_url()).content.decode()


def test_until_they_are_made_the_picture_is_shown_as_it_came(
    article: Article, edi: User, signed_in: Browser
) -> None:
    page = signed_in(edi).get(article.get_absolute_url()).content.decode()

    assert article.get_cover_url() in page and "srcset" not in page


def test_sizes_go_with_their_picture(
    article: Article, edi: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    actions.make_sizes()
    files = [rendition.file for rendition in Rendition.objects.all()]

    with django_capture_on_commit_callbacks(execute=True):
        actions.edit(article, by=edi, version=1, values={}, without_cover=True)

    assert not Rendition.objects.exists()
    assert [file.storage.exists(file.name) for file in files] == [False] * len(files)


def test_picture_that_cannot_be_read_stops_no_other(
    article: Article, edi: User, caplog: pytest.LogCaptureFixture
) -> None:
    good = write(edi, "Tin thứ hai", cover=photo("PNG"), cover_alt="Ảnh")
    with open(article.cover.path, "wb") as file:
        file.write(b"\xff\xd8 no picture")

    assert (actions.make_sizes(), actions.make_sizes()) == (2, 0)

    article.refresh_from_db()
    good.refresh_from_db()
    assert (article.cover_widths, good.cover_widths) == ([], [480, 800, 1000])
    assert "could not be made" in caplog.text


@pytest.mark.parametrize("size", ["801.webp", "nho-9.jpg", "800.gif", "..webp"])
def test_no_other_size_exists(article: Article, edi: User, signed_in: Browser, size: str) -> None:
    actions.make_sizes()

    assert signed_in(edi).get(reverse("news:image_size", args=[article.pk, size])).status_code == 404
