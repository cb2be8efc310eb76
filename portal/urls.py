"""The portal's addresses (design: names that do not move). Apps are wired by name only."""

from django.contrib import admin
from django.urls import include, path

from portal.views import images
from portal.views.health import health

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("suc-khoe/", health, name="health"),
    path("anh/tai-len/", images.upload, name="richtext_upload"),
    path("anh/<uuid:pk>/", images.show, name="richtext_image"),
    path("tai-khoan/", include("members.urls.account")),
    path("", include("members.urls.register")),
    path("tin-tuc/", include("news.urls")),
    path("", include("meetings.urls")),
    path("quan-tri/", admin.site.urls),
]
