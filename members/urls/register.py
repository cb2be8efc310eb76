from django.urls import path

from members.views import organizations, people, records, statistics

app_name = "members"

urlpatterns = [
    path("to-chuc/", organizations.tree, name="organizations"),
    path("to-chuc/<int:pk>/", organizations.organization, name="organization"),
    path("dang-vien/", people.register, name="list"),
    path("dang-vien/<int:pk>/", records.member, name="member"),
    path("dang-vien/<int:pk>/sua/", records.change, name="change"),
    path("dang-vien/<int:pk>/so-dinh-danh/", records.citizen_number, name="citizen_number"),
    path("dang-vien/<int:pk>/ghi/<slug:kind>/", records.enter, name="enter"),
    path("dang-vien/<int:pk>/bo/<slug:kind>/<int:entry>/", records.withdraw, name="withdraw"),
    path("thong-ke/", statistics.overview, name="statistics"),
    path("thong-ke/<slug:code>/", statistics.rows, name="figure"),
]
