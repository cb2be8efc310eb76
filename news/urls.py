"""The addresses of the news. A slug never equals `bien-tap`: see `news.slugs.RESERVED`."""

from django.urls import path

from news.views import approval, desk, reading

app_name = "news"

urlpatterns = [
    path("", reading.article_list, name="list"),
    path("bien-tap/", desk.drafts, name="drafts"),
    path("bien-tap/bai-moi/", desk.create, name="create"),
    path("bien-tap/<int:pk>/", desk.edit, name="edit"),
    path("bien-tap/<int:pk>/trinh-duyet/", approval.submit, name="submit"),
    path("bien-tap/<int:pk>/duyet-dang/", approval.publish, name="publish"),
    path("bien-tap/<int:pk>/tra-lai/", approval.return_to_author, name="return"),
    path("bien-tap/<int:pk>/go/", approval.withdraw, name="withdraw"),
    path("tep/<int:pk>/", reading.attachment, name="attachment"),
    path("anh/<int:pk>/", reading.image, name="image"),
    path("<slug:slug>/", reading.article, name="article"),
]
