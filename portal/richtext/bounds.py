"""A ceiling on the work of parsing: broken markup can cost far more than its size.

An HTML parser opens formatting that was left open again in every paragraph, so a thousand open <b>
before a thousand <p> become a million elements; and each block is looked for through all open ones.
"""

import re

MAX_LENGTH = 1_000_000
MAX_TAGS = 30_000
_MAX_OPEN = 5_000
_MAX_REOPENED = 1_000_000
_MAX_DEPTH = 40

_START = re.compile(r"<([a-z][^\s/>]*)", re.IGNORECASE)
_SIMPLE_TAG = re.compile(
    r"""<(/?)([a-z][a-z0-9]*)(?:\s+[a-z-]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'))?)*\s*/?>""", re.I
)
_VOID = {"br", "col", "hr", "img"}
# A new one closes the one before it.
_SELF_CLOSING = {*_VOID, "p", "li", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup"}
_FORMATTING = {
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
}  # fmt: skip
_RAW_TEXT = {
    "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp",
}  # fmt: skip


def is_bounded(html: str) -> bool:
    """May this be given to the parser? True for every text an editor or Word really writes."""
    if len(html) > MAX_LENGTH:
        return False
    tags = [tag.lower() for tag in _START.findall(html)]
    if len(tags) > MAX_TAGS:
        return False
    stay_open = sum(tag not in _SELF_CLOSING for tag in tags)
    reopened = sum(tag in _FORMATTING for tag in tags) * len(tags)
    return (stay_open <= _MAX_OPEN and reopened <= _MAX_REOPENED) or _is_well_nested(html)


def _is_well_nested(html: str) -> bool:
    """Every < begins a plain tag, and each is closed in its turn, as CKEditor writes them."""
    if html.count("<") != sum(1 for _ in _SIMPLE_TAG.finditer(html)):
        return False
    open_tags: list[str] = []
    for slash, name in _SIMPLE_TAG.findall(html):
        tag = name.lower()
        if tag in _RAW_TEXT:
            return False
        if slash and (not open_tags or open_tags.pop() != tag):
            return False
        if not slash and tag not in _VOID:
            open_tags.append(tag)
            if len(open_tags) > _MAX_DEPTH:
                return False
    return not open_tags
