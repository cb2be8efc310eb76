"""The portal's addresses (design: names that do not move). Apps are wired by name only."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal.views import filters, images, notices, offline, preferences
from portal.views.components import components
from portal.views.guide import guide, guide_page
from portal.views.health import health
from portal.views.home import home
from portal.views.search import search, suggestions
from portal.views.text_size import text_size
from portal.views.whats_new import whats_new

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    # Looked up in this order: what is read most stands first.
    path("tin-tuc/", include("news.urls")),
    path("tim-kiem/", search, name="search"),
    path("tim-kiem/goi-y/", suggestions, name="suggestions"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/tuy-chon/", preferences.notice_preferences, name="notice_preferences"),
    path("thong-bao/<int:pk>/mo/", notices.notice_open, name="notice_open"),
    path("thong-bao/<int:pk>/gui/", notices.notice_board, name="notice_board"),
    path("thong-bao/<int:pk>/tien-do/", notices.notice_progress, name="notice_progress"),
    path("thong-bao/<int:pk>/huy/", notices.notice_cancel, name="notice_cancel"),
    path("thong-bao/luot-gui/<int:pk>/", notices.delivery_decide, name="delivery_decide"),
    path("bo-loc/luu/", filters.save_filter, name="save_filter"),
    path("bo-loc/<int:pk>/bo/", filters.drop_filter, name="drop_filter"),
    path("co-gi-moi/", whats_new, name="whats_new"),
    path("huong-dan/", guide, name="guide"),
    path("huong-dan/<slug:name>/", guide_page, name="guide_page"),
    path("co-chu/", text_size, name="text_size"),
    path("suc-khoe/", health, name="health"),
    path("ngoai-tuyen/", offline.offline, name="offline"),
    path("ngoai-tuyen/con-doc-duoc/", offline.kept, name="offline_kept"),
    path("ngoai-tuyen.js", offline.worker, name="offline_worker"),
    path("cong.webmanifest", offline.manifest, name="manifest"),
    path("anh/tai-len/", images.upload, name="richtext_upload"),
    path("anh/<uuid:pk>/", images.show, name="richtext_image"),
    path("tai-khoan/", include("members.urls.account")),
    path("", include("members.urls.register")),
    path("", include("meetings.urls")),
    path("quan-tri/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("thanh-phan/", components, name="components"))
