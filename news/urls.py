"""The addresses of the news. Slugs that they would take are in `news.slugs.RESERVED`."""

from django.urls import include, path

from news.views import (
    approval,
    archive,
    desk,
    digests,
    feeds,
    gallery,
    history,
    reading,
    readings,
    saved,
    topics,
    upkeep,
    writing,
)

app_name = "news"

_desk = [
    path("", desk.drafts, name="drafts"),
    path("bai-moi/", desk.create, name="create"),
    path("bai-moi/ghi/", writing.begin, name="begin"),
    path("<int:pk>/", desk.edit, name="edit"),
    path("<int:pk>/ghi/", writing.save, name="save"),
    path("<int:pk>/co-mat/", writing.presence, name="presence"),
    path("<int:pk>/lich-su/", history.history, name="history"),
    path("<int:pk>/lich-su/<int:version>/lay-lai/", history.restore, name="restore"),
    path("<int:pk>/ghim/", approval.display, name="display"),
    path("<int:pk>/the/", topics.choose, name="topics"),
    path("<int:pk>/phu-trach/", upkeep.give, name="give_upkeep"),
    path("goi-y/the/", topics.suggest_tags, name="suggest_tags"),
    path("goi-y/loat-bai/", topics.suggest_series, name="suggest_series"),
    path("<int:pk>/bo-anh/", gallery.gallery, name="gallery"),
    path("<int:pk>/bo-anh/<int:photo>/", gallery.change, name="change_photo"),
    path("<int:pk>/gop-y/", history.comment, name="comment"),
    path("<int:pk>/gop-y/<int:comment>/xong/", history.settle, name="settle"),
    path("<int:pk>/gui-bien-tap/", approval.submit_for_editing, name="submit_for_editing"),
    path("<int:pk>/dang/", approval.release, name="release"),
    path("<int:pk>/bo-hen/", approval.unschedule, name="unschedule"),
    path("<int:pk>/trinh-duyet/", approval.submit, name="submit"),
    path("<int:pk>/duyet-dang/", approval.publish, name="publish"),
    path("<int:pk>/tra-lai/", approval.return_to_author, name="return"),
    path("<int:pk>/go/", approval.withdraw, name="withdraw"),
    path("<int:pk>/van-ban/", readings.document, name="document"),
    path("<int:pk>/giao-doc/", readings.require, name="require"),
]

_study = [
    path("", readings.readings, name="readings"),
    path("<int:pk>/", readings.reading, name="reading"),
    path("<int:pk>/ket-qua/", readings.covered, name="coverage"),
    path("<int:pk>/doc-lai/", readings.change, name="change"),
    path("<int:pk>/thoi/", readings.end, name="end_reading"),
]

urlpatterns = [
    path("", reading.article_list, name="list"),
    # In one step past them all: an item's address is looked up last.
    path("bien-tap/", include(_desk)),
    path("quan-triet/", include(_study)),
    path("bai-dung-lau-dai/", upkeep.upkeeps, name="upkeeps"),
    path("bai-dung-lau-dai/<int:pk>/da-ra-soat/", upkeep.review, name="review"),
    path("bai-dung-lau-dai/<int:pk>/thoi/", upkeep.end, name="end_upkeep"),
    path("nguon-tin/dat-lai/", feeds.reset, name="reset_feed"),
    path("nguon-tin/ngung/", feeds.end, name="end_feed"),
    path("nguon-tin/<str:token>.xml", feeds.feed, name="feed"),
    path("ban-tin/", digests.choose, name="set_digest"),
    path("ban-tin/thoi/<int:pk>/<str:token>/", digests.stop, name="stop_digest"),
    path("luu-tru/", archive.years, name="archive"),
    path("luu-tru/<int:year>-<int:month>/", archive.month, name="month"),
    path("the/<slug:slug>/", topics.tag, name="tag"),
    path("loat-bai/<slug:slug>/", topics.series, name="series"),
    path("da-luu/", saved.saved, name="saved"),
    path("da-luu/<int:pk>/luu/", saved.save, name="save_article"),
    path("da-luu/<int:pk>/bo/", saved.forget, name="forget_article"),
    path("tep/<int:pk>/", reading.attachment, name="attachment"),
    path("anh/<int:pk>/", reading.image, name="image"),
    path("anh/<int:pk>/<str:size>", reading.image, name="image_size"),
    path("hinh/<int:pk>/", reading.photo, name="photo"),
    path("hinh/<int:pk>/<str:size>", reading.photo, name="photo_size"),
    path("<slug:slug>/", reading.article, name="article"),
]
