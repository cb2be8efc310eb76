"""The addresses of the news. Slugs that they would take are in `news.slugs.RESERVED`."""

from django.urls import path

from news.views import approval, archive, desk, feeds, gallery, history, reading, readings, saved, writing

app_name = "news"

urlpatterns = [
    path("", reading.article_list, name="list"),
    path("bien-tap/", desk.drafts, name="drafts"),
    path("bien-tap/bai-moi/", desk.create, name="create"),
    path("bien-tap/bai-moi/ghi/", writing.begin, name="begin"),
    path("bien-tap/<int:pk>/", desk.edit, name="edit"),
    path("bien-tap/<int:pk>/ghi/", writing.save, name="save"),
    path("bien-tap/<int:pk>/co-mat/", writing.presence, name="presence"),
    path("bien-tap/<int:pk>/lich-su/", history.history, name="history"),
    path("bien-tap/<int:pk>/lich-su/<int:version>/lay-lai/", history.restore, name="restore"),
    path("bien-tap/<int:pk>/ghim/", approval.display, name="display"),
    path("bien-tap/<int:pk>/bo-anh/", gallery.gallery, name="gallery"),
    path("bien-tap/<int:pk>/bo-anh/<int:photo>/", gallery.change, name="change_photo"),
    path("bien-tap/<int:pk>/gop-y/", history.comment, name="comment"),
    path("bien-tap/<int:pk>/gop-y/<int:comment>/xong/", history.settle, name="settle"),
    path("bien-tap/<int:pk>/gui-bien-tap/", approval.submit_for_editing, name="submit_for_editing"),
    path("bien-tap/<int:pk>/dang/", approval.release, name="release"),
    path("bien-tap/<int:pk>/bo-hen/", approval.unschedule, name="unschedule"),
    path("bien-tap/<int:pk>/trinh-duyet/", approval.submit, name="submit"),
    path("bien-tap/<int:pk>/duyet-dang/", approval.publish, name="publish"),
    path("bien-tap/<int:pk>/tra-lai/", approval.return_to_author, name="return"),
    path("bien-tap/<int:pk>/go/", approval.withdraw, name="withdraw"),
    path("bien-tap/<int:pk>/van-ban/", readings.document, name="document"),
    path("bien-tap/<int:pk>/giao-doc/", readings.require, name="require"),
    path("quan-triet/", readings.readings, name="readings"),
    path("quan-triet/<int:pk>/", readings.reading, name="reading"),
    path("quan-triet/<int:pk>/ket-qua/", readings.covered, name="coverage"),
    path("quan-triet/<int:pk>/doc-lai/", readings.change, name="change"),
    path("quan-triet/<int:pk>/thoi/", readings.end, name="end_reading"),
    path("nguon-tin/dat-lai/", feeds.reset, name="reset_feed"),
    path("nguon-tin/ngung/", feeds.end, name="end_feed"),
    path("nguon-tin/<str:token>.xml", feeds.feed, name="feed"),
    path("luu-tru/", archive.years, name="archive"),
    path("luu-tru/<int:year>-<int:month>/", archive.month, name="month"),
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
