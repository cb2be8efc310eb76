"""What the checker says of one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`where` in the text, what is the matter there, how to mend it. `line` orders them: title 0, lead 1,
    then the paragraphs of the body from 2 on."""

    where: str
    said: str
    cure: str
    line: int = 0
    stops: bool = False
