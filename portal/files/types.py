"""The kinds of file the portal takes, each with the type it is served as."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["document", "image"]


@dataclass(frozen=True)
class FileType:
    kind: Kind
    content_type: str
    # What a browser may show in place; everything else is only handed over.
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "pdf": FileType("document", "application/pdf", inline=True),
    "docx": FileType("document", f"{_OFFICE}.wordprocessingml.document"),
    "xlsx": FileType("document", f"{_OFFICE}.spreadsheetml.sheet"),
    "pptx": FileType("document", f"{_OFFICE}.presentationml.presentation"),
    "jpg": FileType("image", "image/jpeg", inline=True),
    "jpeg": FileType("image", "image/jpeg", inline=True),
    "png": FileType("image", "image/png", inline=True),
    "webp": FileType("image", "image/webp", inline=True),
}
# Twenty megabytes a document, ten a picture (reliability, §9).
MAX_SIZE: dict[Kind, int] = {"document": 20 * 1024 * 1024, "image": 10 * 1024 * 1024}


def ending(name: str) -> str:
    """The ending of a file name in small letters, without the point."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def endings(kinds: tuple[Kind, ...]) -> list[str]:
    return [name for name, file_type in TYPES.items() if file_type.kind in kinds]
