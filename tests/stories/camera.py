"""Pictures for the guide, small enough for a repository: few colours, one screen high."""

import io
from pathlib import Path

from PIL import Image

COLOURS = 128
LARGEST = 120_000
"""Bytes a picture may have."""


class Camera:
    """Without a folder it takes nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def take(self, person, name: str, *, top: str | None = None, height: int | None = None) -> None:
        """The screen as the person has it, scrolled so that `top` stands on top."""
        if self.folder is None:
            return
        page = person.page
        page.evaluate("scrollTo(0, 0)")
        above = page.locator(top).first.bounding_box()["y"] - 16 if top else 0
        size = page.viewport_size
        clip = {"x": 0, "y": max(0, above), "width": size["width"], "height": height or size["height"]}
        self._keep(page.screenshot(full_page=True, clip=clip, animations="disabled"), name)

    def _keep(self, picture: bytes, name: str) -> None:
        small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{name}.png"
        small.save(file, "PNG", optimize=True)
        assert file.stat().st_size <= LARGEST, f"{file}: {file.stat().st_size} bytes"
