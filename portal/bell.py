"""How many notices a person has not opened: asked once a request, by the page and by its ETag."""

from django.http import HttpRequest

from portal.models import PortalNotice

_KEPT = "_unread_notices"


def unread_count(request: HttpRequest) -> int:
    """0 for nobody; else one's own, counted at the first call of this request."""
    if not request.user.is_authenticated:
        return 0
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, PortalNotice.objects.visible_to(request.user).unread().count())
    count: int = getattr(request, _KEPT)
    return count
