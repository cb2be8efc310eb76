from django.urls import path

from members.views import organizations, people, statistics

app_name = "members"

urlpatterns = [
    path("to-chuc/", organizations.tree, name="organizations"),
    path("to-chuc/<int:pk>/", organizations.organization, name="organization"),
    path("dang-vien/", people.register, name="list"),
    path("dang-vien/<int:pk>/", people.member, name="member"),
    path("dang-vien/<int:pk>/sua/", people.change, name="change"),
    path("thong-ke/", statistics.overview, name="statistics"),
    path("thong-ke/<slug:code>/", statistics.rows, name="figure"),
]
