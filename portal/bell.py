"""How many notices a person has not opened: asked once a request, by the page and by its ETag."""

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from portal.postgresql.plans import keeping_plans

_KEPT = "_unread_notices"
# `PortalNotice.objects.visible_to(user).unread().count()`, on every page of the portal: building it
# anew costs five times what running it does.
_UNREAD = """
SELECT count(*) FROM portal_portalnotice
WHERE recipient_id = %s AND shown_from <= %s AND read_at IS NULL AND withdrawn_at IS NULL
"""


def unread_count(request: HttpRequest) -> int:
    """0 for nobody; else one's own, counted at the first call of this request."""
    if not request.user.is_authenticated:
        return 0
    if not hasattr(request, _KEPT):
        with keeping_plans(), connection.cursor() as cursor:
            cursor.execute(_UNREAD, [request.user.pk, timezone.now()])
            setattr(request, _KEPT, cursor.fetchone()[0])
    count: int = getattr(request, _KEPT)
    return count
