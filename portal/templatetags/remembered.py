"""{% remember a b %}…{% endremember %}: a piece of the frame, rendered once a process for these values."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: Enough for every reader's frame of a busy hour; then the memory begins anew.
MOST = 2000


class Remembered(template.Node):
    """What stands inside may depend on nothing but the values: no token of a form, nobody's name but
    one that is among them."""

    # Django searches the parent's whole tree for blocks at every page; here are none to be found.
    child_nodelists = ()

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self.pieces: dict[tuple[str, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        values = [value.resolve(context) for value in self.values]
        key = tuple([str(value) for value in values])
        piece = self.pieces.get(key)
        if piece is None:
            if any(isinstance(value, Model) for value in values):
                raise TypeError(f"{values!r}: a row's words are not all that it shows; name its fields.")
            piece = mark_safe(self.nodelist.render(context))
            if len(self.pieces) >= MOST:
                self.pieces.clear()
            self.pieces[key] = piece
        return piece


@register.tag
def remember(parser: Parser, token: Token) -> Remembered:
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endremember",))
    parser.delete_first_token()
    return Remembered(values, nodelist)


@register.simple_tag(takes_context=True)
def section(context: template.Context) -> str:
    """Where the reader stands, as far as the links of the frame can tell: /tin-tuc/, /tin-tuc/…, /."""
    path: Any = context["request"].path
    head, slash, rest = path[1:].partition("/")
    return f"/{head}/…" if rest else path
