"""Pictures: a real JPEG, PNG or WebP, small enough to open, and written anew before it is kept."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# Pillow only warns between 89 and 179 million pixels; this is counted before anything is decoded.
MAX_PIXELS = 40_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
MAX_SIDE = 2400
_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_BROKEN = "Ảnh bị hỏng hoặc không phải ảnh JPEG, PNG, WebP. Hãy mở lại ảnh và lưu dạng .jpg hoặc .png."


@dataclass(frozen=True)
class Picture:
    """A picture as written by us: no metadata, no second file behind it."""

    file: ContentFile[bytes]
    width: int
    height: int


def check_picture(file: File[bytes], ending: str) -> None:
    """Decodable to its last line, and of the format its name says."""
    with _opened(file, [_FORMATS[ending]]):
        pass


def rewritten(file: File[bytes], *, max_side: int = MAX_SIDE) -> Picture:
    """The same picture, turned upright, at most `max_side` wide and high, without place and camera."""
    with _opened(file, list(_ENDINGS)) as image:
        kind = image.format or "PNG"
        image.thumbnail((max_side, max_side))
        plain = _plain(ImageOps.exif_transpose(image), kind)
    out = io.BytesIO()
    plain.save(out, format=kind, **({} if kind == "PNG" else {"quality": 85}))
    return Picture(ContentFile(out.getvalue(), name=f"anh.{_ENDINGS[kind]}"), *plain.size)


def portrait(file: File[bytes], size: tuple[int, int]) -> ContentFile[bytes]:
    """The middle of the picture, turned upright, as a JPEG of exactly this width and height."""
    with _opened(file, list(_ENDINGS)) as image:
        upright = _plain(ImageOps.exif_transpose(image), "JPEG")
    return _written(ImageOps.fit(upright, size, Image.Resampling.LANCZOS), "JPEG", quality=85)


def for_print(file: File[bytes]) -> bytes:
    """Bytes that word processors read: WebP becomes PNG, all else stays as it is."""
    content: bytes = file.read()
    with Image.open(io.BytesIO(content)) as image:
        if image.format != "WEBP":
            return content
        out = io.BytesIO()
        image.save(out, format="PNG")
    return out.getvalue()


def sizes(file: File[bytes], widths: Iterable[int]) -> Iterator[tuple[int, str, ContentFile[bytes]]]:
    """The picture at each width, as WebP and as JPEG for browsers without it: (width, ending, file)."""
    with _opened(file, list(_ENDINGS)) as image:
        whole = _plain(image, image.format or "PNG")
    for width in widths:
        height = max(1, round(whole.height * width / whole.width))
        yield from _both(whole.resize((width, height), Image.Resampling.LANCZOS), width)


def cuts(
    file: File[bytes], widths: Iterable[int], *, shape: tuple[int, int], focus: tuple[int, int]
) -> Iterator[tuple[int, str, ContentFile[bytes]]]:
    """The same, cut to a shape (3, 2) round the point that matters, in percent from the left and the top."""
    with _opened(file, list(_ENDINGS)) as image:
        whole = _plain(image, image.format or "PNG")
    for width in widths:
        size = (width, max(1, width * shape[1] // shape[0]))
        cut = ImageOps.fit(whole, size, Image.Resampling.LANCZOS, centering=(focus[0] / 100, focus[1] / 100))
        yield from _both(cut, width)


def _both(image: Image.Image, width: int) -> Iterator[tuple[int, str, ContentFile[bytes]]]:
    yield width, "webp", _written(image, "WEBP", quality=80)
    if image.mode == "RGBA":
        # A JPEG has no transparent places: what would be black is paper.
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    yield width, "jpg", _written(image, "JPEG", quality=82, progressive=True)


def _written(image: Image.Image, kind: str, **options: int) -> ContentFile[bytes]:
    out = io.BytesIO()
    image.save(out, format=kind, **options)
    return ContentFile(out.getvalue(), name=f"anh.{_ENDINGS[kind]}")


@contextmanager
def _opened(file: File[bytes], formats: list[str]) -> Iterator[Image.Image]:
    file.seek(0)
    try:
        with Image.open(file, formats=formats) as image:
            _check_pixels(image)
            image.load()
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(_BROKEN, code="content") from error


def _check_pixels(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()


def _too_large() -> ValidationError:
    return ValidationError("Ảnh lớn quá 40 triệu điểm ảnh. Hãy thu nhỏ ảnh rồi tải lại.", code="pixels")


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """Pixels only: a new image carries over no text, no profile and no further frames."""
    has_alpha = kind != "JPEG" and image.has_transparency_data
    pixels = image.convert("RGBA" if has_alpha else "RGB")
    plain = Image.new(pixels.mode, pixels.size)
    plain.paste(pixels)
    return plain
