"""The admin site: opened by role, entered through the portal's own sign-in page."""

from __future__ import annotations

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

#: Django's own way to a new password leaves no line in the trail; `view_on_site` leads from any row's
#: number to its page and asks no door, and the address of an article tells its title.
NOT_OURS = {"password_change", "password_change_done", "view_on_site"}


class PortalAdminSite(AdminSite):
    site_title = "Quản trị"
    site_header = "Quản trị cổng thông tin"
    index_title = "Bàn quản trị"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whoever is signed in and may not enter is told so at once; signing in again would not help."""
        guarded = super().admin_view(view, cacheable)

        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(asked, guarded)

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in NOT_OURS]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """No second sign-in page: a stranger goes to the portal's, a reader is told who may enter."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, ""))
