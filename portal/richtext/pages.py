"""What a page that holds the editor needs beyond the policy of all other pages."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update

View = TypeVar("View", bound=Callable[..., Any])

# CKEditor 4 writes onclick into its buttons and style into its boxes; with `divarea` it needs no
# inline script element, so `script-src` stays as strict as everywhere.
EDITOR_POLICY = {"script-src-attr": [UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


def editor_page(view: View) -> View:
    """For views that show a form with formatted text."""
    return cast(View, csp_update(EDITOR_POLICY)(view))
