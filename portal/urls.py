"""The portal's addresses (design: names that do not move). Apps are wired by name only."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal.views import images
from portal.views.components import components
from portal.views.health import health
from portal.views.home import home
from portal.views.search import search
from portal.views.text_size import text_size

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("tim-kiem/", search, name="search"),
    path("co-chu/", text_size, name="text_size"),
    path("suc-khoe/", health, name="health"),
    path("anh/tai-len/", images.upload, name="richtext_upload"),
    path("anh/<uuid:pk>/", images.show, name="richtext_image"),
    path("tai-khoan/", include("members.urls.account")),
    path("", include("members.urls.register")),
    path("tin-tuc/", include("news.urls")),
    path("", include("meetings.urls")),
    path("quan-tri/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("thanh-phan/", components, name="components"))
