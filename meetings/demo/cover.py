"""The cover picture: a plain drawing of a conference room, our own, with nobody's face."""

from __future__ import annotations

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

WALL, STAGE, RED, GOLD, DESK = "#d3c9b8", "#e4ddcf", "#9b1c1f", "#f0ce7a", "#b5a994"
ROWS = ((268, 13, 58, "#8b8171"), (312, 16, 64, "#746b5c"), (366, 20, 71, "#574f43"))
SCALE = 2


def conference_room() -> ContentFile[bytes]:
    picture = Image.new("RGB", (640 * SCALE, 400 * SCALE), STAGE)
    draw = ImageDraw.Draw(picture)
    _box(draw, 0, 0, 640, 205, WALL)
    _box(draw, 120, 34, 520, 146, RED)
    _box(draw, 120, 142, 520, 146, "#b98f2e")
    _box(draw, 190, 112, 450, 117, GOLD)
    _box(draw, 230, 124, 410, 128, GOLD)
    for x in (228, 290, 352, 414):
        _person(draw, x, 172, 12, "#6d6455")
    _box(draw, 176, 203, 464, 233, DESK)
    for y, size, step, colour in ROWS:
        for x in range(size + 16, 640, step):
            _person(draw, x, y, size, colour)
    written = BytesIO()
    picture.save(written, "JPEG", quality=86)
    return ContentFile(written.getvalue(), name="quang-canh-hoi-nghi.jpg")


def _box(draw: ImageDraw.ImageDraw, left: int, top: int, right: int, bottom: int, colour: str) -> None:
    draw.rectangle([side * SCALE for side in (left, top, right, bottom)], fill=colour)


def _person(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, colour: str) -> None:
    head = [x - size, y - size, x + size, y + size]
    shoulders = [x - 1.7 * size, y + 1.1 * size, x + 1.7 * size, y + 5 * size]
    draw.ellipse([side * SCALE for side in head], fill=colour)
    draw.pieslice([side * SCALE for side in shoulders], 180, 360, fill=colour)
