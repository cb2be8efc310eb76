"""The one place where formatted text becomes safe: before it is stored and again before it is shown."""

import re
from functools import lru_cache
from html import escape, unescape

import nh3
from django.utils.safestring import SafeString, mark_safe

from portal.richtext import rules
from portal.richtext.bounds import is_bounded
from portal.richtext.display import with_classes
from portal.vietnamese import nfc
from portal.vietnamese.text import normal_letters

# Broken nesting settles when it is parsed again; what has not settled by then is not worth keeping.
_MAX_ROUNDS = 8

# These two read what nh3 has written: attributes always quoted, no < or > inside them or in text.
_TAG = re.compile(r"(<[^>]*>)")
_IMAGE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")
_LINE_END = re.compile(r"<(?:br|hr|/(?:p|h[234]|li|blockquote|figure|figcaption|caption|tr|div))\b[^>]*>")
_CELL_END = re.compile(r"</t[dh]>")
_ANY_TAG = re.compile(r"<[^>]*>?")


def clean(html: str) -> str:
    """`html` with nothing in it but the portal's own list of formatting. Cleaning twice changes nothing."""
    for _ in range(_MAX_ROUNDS):
        if not is_bounded(html):
            break
        cleaned = _pass(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return _pass(_as_text(html))


def _pass(html: str) -> str:
    cleaned = nh3.clean(
        html,
        tags=rules.TAGS,
        clean_content_tags=rules.TAGS_WITH_CONTENT,
        attributes=rules.ATTRIBUTES,
        attribute_filter=rules.allowed_value,
        filter_style_properties=set(rules.STYLES),
        url_schemes=rules.URL_SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    cleaned = _IMAGE_WITHOUT_SOURCE.sub("", cleaned)
    # Only between the tags: in NFC the > of a tag and U+0338 after it would melt into one sign.
    parts = _TAG.split(cleaned)
    return "".join(part if part.startswith("<") else normal_letters(part) for part in parts)


def _as_text(html: str) -> str:
    """The words of markup that cannot be parsed within bounds."""
    text = unescape(_ANY_TAG.sub(" ", html)).strip()
    return f"<p>{escape(text, quote=False)}</p>"


@lru_cache(maxsize=256)
def _cleaned_for_display(html: str) -> str:
    return with_classes(clean(html))


def richtext(html: str | None) -> SafeString:
    """`html` for a page, cleaned by the rules of today: a rule mended now heals texts of last year."""
    return mark_safe(_cleaned_for_display(html or ""))


def to_plain(html: str) -> str:
    """The words alone, a line for each paragraph: for search, excerpts and letters."""
    lines = _LINE_END.sub("\n", clean(html).replace("\n", " "))
    return nfc(unescape(_TAG.sub("", _CELL_END.sub(" ", lines))), multiline=True)


def is_empty(html: str) -> bool:
    """Nothing to read: what the editor sends for an empty page, `<p>&nbsp;</p>`, included."""
    return not to_plain(html) and "<img" not in clean(html)
