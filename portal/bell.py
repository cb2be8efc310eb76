"""How many notices a person has not opened: known with who is signed in, for the page and for its ETag."""

from django.http import HttpRequest

from portal.models import PortalNotice

#: `PortalNotice.objects.visible_to(account).unread().count()` within the query that finds who is signed
#: in: every page shows it, and a query of its own costs a page five times what counting does.
UNREAD = """
SELECT count(*) FROM portal_portalnotice
WHERE recipient_id = account.id AND shown_from <= %(now)s AND read_at IS NULL AND withdrawn_at IS NULL
"""
#: Where that query leaves it.
KEPT = "unread_notices"


def unread_count(request: HttpRequest) -> int:
    """0 for nobody; else one's own when the request came. Asked here of a user who was not signed in."""
    user = request.user
    if not user.is_authenticated:
        return 0
    if not hasattr(user, KEPT):
        setattr(user, KEPT, PortalNotice.objects.visible_to(user).unread().count())
    count: int = getattr(user, KEPT)
    return count
