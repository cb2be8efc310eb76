"""The portrait of a record: written anew as a 3×4, seen with the record alone, taken out without a trace."""

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import Cast
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from newsroom import PNG
from PIL import Image

from members.actions import photos
from members.models import MemberPhoto, PartyMember, User
from portal.models import AuditEntry

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


def picture(width: int = 1200, height: int = 900, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), "#9b1c1f")
    exif = image.getexif()
    exif[0x010F] = "Máy ảnh của ai đó"
    image.save(out, kind, exif=exif)
    return out.getvalue()


def put(browser: Client, member: PartyMember, content: bytes, name: str = "anh.jpg"):
    return browser.post(
        reverse("members:photo", args=[member.pk]),
        {"picture": SimpleUploadedFile(name, content)},
        follow=True,
    )


def record(browser: Client, member: PartyMember) -> str:
    return browser.get(reverse("members:member", args=[member.pk])).content.decode()


def test_photo_goes_out_with_the_record_as_a_3x4_without_the_camera(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.sec_a)
    put(browser, cast.p_a2, picture())

    (shown,) = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', record(browser, cast.p_a2))
    content = base64.b64decode(shown)

    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size) == ("JPEG", (360, 480))
    assert b"M\xc3\xa1y" not in content
    assert list(AuditEntry.objects.about(cast.p_a2).filter(action="members.put_photo"))


def test_record_without_a_photo_shows_none(cast: Cast, signed_in: Browser) -> None:
    assert "data:image/jpeg" not in record(signed_in(cast.sec_a), cast.p_a2)


def test_new_photo_takes_the_old_ones_place_on_the_disk_too(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    first = Path(photos.put_photo(cast.p_a2, ContentFile(picture(), "a.jpg"), by=cast.sec_a).file.path)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        second = photos.put_photo(cast.p_a2, ContentFile(PNG, "b.png"), by=cast.sec_a)

    assert MemberPhoto.objects.get().file.name == second.file.name
    assert (first.exists(), Path(second.file.path).exists()) == (False, True)


def test_photo_taken_out_leaves_nothing(
    cast: Cast, signed_in: Browser, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    kept = Path(photos.put_photo(cast.p_a2, ContentFile(picture(), "a.jpg"), by=cast.sec_a).file.path)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        signed_in(cast.sec_a).post(reverse("members:photo", args=[cast.p_a2.pk]), {"viec": "bo"})

    assert (MemberPhoto.objects.exists(), kept.exists()) == (False, False)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("anh.jpg", b"khong phai anh", "Ảnh bị hỏng"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Chỉ nhận tệp"),
        ("anh.jpg", b"", "Tệp rỗng"),
    ],
)
def test_file_that_is_no_picture_is_refused_in_words(
    cast: Cast, signed_in: Browser, name: str, content: bytes, said: str
) -> None:
    page = put(signed_in(cast.sec_a), cast.p_a2, content, name).content.decode()

    assert said in page
    assert not MemberPhoto.objects.exists()


def test_nobody_puts_in_the_own_photo(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        photos.put_photo(cast.mem_a1.member, ContentFile(picture(), "a.jpg"), by=cast.mem_a1)
    assert not MemberPhoto.objects.exists()


def test_photo_is_seen_by_whom_the_record_is_seen(cast: Cast, signed_in: Browser) -> None:
    photos.put_photo(cast.mem_a1.member, ContentFile(picture(), "a.jpg"), by=cast.sec_a)

    assert "data:image/jpeg" in record(signed_in(cast.mem_a1), cast.mem_a1.member)
    assert [MemberPhoto.objects.visible_to(user).count() for user in (cast.sec_a, cast.sec_b)] == [1, 0]
