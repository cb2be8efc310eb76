"""Formatting on a page, as classes: the pages' policy lets no style attribute through (style-src 'self').

What a reader is shown of a text's formatting is named here, with its rule in `static/css/base.css`.
Everything else (colours, borders, widths of Word) stays in the text, for papers and for the editor, and
gives way to the look of the portal.
"""

import re

CLASSES = {
    "text-align:center": "to-centre",
    "text-align:right": "to-right",
    "text-align:end": "to-right",
    "float:left": "at-left",
    "float:right": "at-right",
    "font-weight:bold": "is-bold",
    "font-weight:700": "is-bold",
    "font-style:italic": "is-italic",
    "text-decoration:underline": "is-underlined",
    "text-decoration:line-through": "is-struck",
    "list-style-type:lower-alpha": "by-letter",
    "list-style-type:lower-latin": "by-letter",
    "list-style-type:upper-alpha": "by-capital",
    "list-style-type:upper-latin": "by-capital",
    "list-style-type:lower-roman": "by-roman",
    "list-style-type:upper-roman": "by-roman-capital",
}

# Both read what the cleaner has written: attributes always quoted, no < or > inside them or in text.
_TAG = re.compile(r"<[a-z][^>]*>")
_STYLE = re.compile(r' style="([^"]*)"')


def with_classes(cleaned: str) -> str:
    return _TAG.sub(lambda tag: _STYLE.sub(_as_class, tag[0]), cleaned)


def _as_class(style: re.Match[str]) -> str:
    names = [CLASSES[one] for one in style[1].split(";") if one in CLASSES]
    return f' class="{" ".join(names)}"' if names else ""
