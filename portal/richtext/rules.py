"""What formatted text may contain. Everything not named here is dropped.

Classes, ids, names and data attributes are absent on purpose: CKEditor keeps markup in `data-cke-*`
and puts it back when the text is loaded again.
"""

import re

from portal.vietnamese import nfc

TAGS = {
    "p", "br", "h2", "h3", "h4", "strong", "b", "em", "i", "u", "s", "sub", "sup", "ol", "ul", "li",
    "blockquote", "hr", "a", "img", "figure", "figcaption", "table", "caption", "thead", "tbody", "tfoot",
    "tr", "th", "td", "colgroup", "col", "span", "div",
}  # fmt: skip

# These go with what they contain: their text is never meant to be read on the page.
TAGS_WITH_CONTENT = {
    "script", "style", "template", "svg", "math", "iframe", "object", "noscript", "noembed", "noframes",
    "title", "xml",
}  # fmt: skip

ATTRIBUTES = {
    "*": {"style"},
    "a": {"href", "title", "target"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing"},
}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

# The address `portal.views.images` serves; pictures from anywhere else would tell strangers who reads.
IMAGE_ADDRESS = re.compile(r"/anh/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")

# Whatever stands before the first colon, unless a path, query or fragment has begun.
_SCHEME = re.compile("([^/?#:]*):")
_NUMBER = re.compile(r"\d{1,4}")
_ATTRIBUTE_VALUES = {
    "src": IMAGE_ADDRESS,
    "target": re.compile("_blank"),
    "width": re.compile(r"\d{1,4}%?"),
    "height": re.compile(r"\d{1,4}%?"),
    "colspan": re.compile(r"\d{1,3}"),
    "rowspan": re.compile(r"\d{1,3}"),
    "span": re.compile(r"\d{1,3}"),
    "start": _NUMBER,
    "border": _NUMBER,
    "cellpadding": _NUMBER,
    "cellspacing": _NUMBER,
    "type": re.compile("[1aAiI]"),
    "scope": re.compile("row|col|rowgroup|colgroup"),
}

_LENGTH = r"(?:\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})(?:px|pt|pc|em|rem|ex|cm|mm|in|%)?"
_COLOUR = r"(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\( ?\d{1,3}(?: ?, ?(?:\d{1,3}|0?\.\d{1,3})){2,3} ?\))"
_LINE = "(?:none|hidden|dotted|dashed|solid|double|groove|ridge|inset|outset)"
_EDGE = re.compile(rf"(?:(?:{_LENGTH}|{_LINE}|{_COLOUR})(?: |$)){{1,3}}")
_SIZE = re.compile(f"{_LENGTH}|auto")

# Property by property: lengths of at most four digits and never negative, so that no text can be
# laid over the page around it; no url(), no escapes, no position.
STYLES = {
    "text-align": re.compile("left|right|center|justify|start|end"),
    "text-decoration": re.compile("(?:none|underline|line-through|overline)(?: (?:underline|line-through))?"),
    "text-indent": re.compile(rf"-?\d{{1,2}}(?:\.\d{{1,4}})?(?:px|pt)|{_LENGTH}"),
    "margin-left": _SIZE,
    "margin-right": _SIZE,
    "padding-left": _SIZE,
    "width": _SIZE,
    "height": _SIZE,
    "border": _EDGE,
    "border-top": _EDGE,
    "border-right": _EDGE,
    "border-bottom": _EDGE,
    "border-left": _EDGE,
    "border-color": re.compile(_COLOUR),
    "border-style": re.compile(_LINE),
    "border-width": re.compile(_LENGTH),
    "border-collapse": re.compile("collapse|separate"),
    "vertical-align": re.compile("top|middle|bottom|baseline|sub|super|text-top|text-bottom"),
    "float": re.compile("left|right|none"),
    "color": re.compile(_COLOUR),
    "background-color": re.compile(_COLOUR),
    "font-weight": re.compile("normal|bold|bolder|[1-9]00"),
    "font-style": re.compile("normal|italic"),
    "list-style-type": re.compile("[a-z]{1,20}(?:-[a-z]{1,20})?"),
}


def allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """The value as it may stay, or None: the filter nh3 asks for each attribute of the list above."""
    if attribute == "style":
        return _allowed_style(value) or None
    if attribute in ("alt", "title"):
        return nfc(value)
    if attribute == "href":
        return _allowed_address(value)
    pattern = _ATTRIBUTE_VALUES.get(attribute)
    return value if pattern is None or pattern.fullmatch(value.strip()) else None


def _allowed_address(value: str) -> str | None:
    """Asked again after the invisible signs are gone: they can hide a scheme from the first look."""
    address = nfc(value)
    scheme = _SCHEME.match(address)
    return address if scheme is None or scheme[1].lower() in URL_SCHEMES else None


def _allowed_style(value: str) -> str:
    declarations = (declaration.partition(":") for declaration in value.lower().split(";"))
    kept = ((name.strip(), " ".join(given.split())) for name, _, given in declarations)
    return ";".join(
        f"{name}:{given}" for name, given in kept if name in STYLES and STYLES[name].fullmatch(given)
    )
