from django.urls import path

from members.views import badges, imports, newcomers, organizations, people, queues, records, statistics

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
    path("dang-vien/them/", newcomers.add, name="add"),
    path("dang-vien/xuat/", people.export, name="export"),
    path("dang-vien/nhap/", imports.upload, name="imports"),
    path("dang-vien/nhap/<int:pk>/", imports.batch, name="import"),
    path("dang-vien/nhap/<int:pk>/tien-do/", imports.progress, name="import_progress"),
    path("dang-vien/nhap/<int:pk>/cot/", imports.columns, name="import_columns"),
    path("dang-vien/nhap/<int:pk>/dong/", imports.choose, name="import_choose"),
    path("dang-vien/nhap/<int:pk>/nhan/", imports.accept, name="import_accept"),
    path("dang-vien/nhap/<int:pk>/dung/", imports.cancel, name="import_cancel"),
    path("dang-vien/nhap/<int:pk>/hoan-tac/", imports.undo, name="import_undo"),
    path("dang-vien/nhap/<int:pk>/ket-qua/", imports.outcome, name="import_result"),
    path("dang-vien/huy-hieu/", badges.coming, name="badges"),
    path("dang-vien/huy-hieu/de-nghi/", badges.propose, name="badges_propose"),
    path("dang-vien/huy-hieu/trao/", badges.award, name="badges_award"),
    path("dang-vien/huy-hieu/xuat/", badges.export, name="badges_export"),
    path("dang-vien/huy-hieu/rut/<int:pk>/", badges.withdraw, name="badge_withdraw"),
    path("dang-vien/<int:pk>/huy-hieu/", badges.member, name="badges_of"),
    path("dang-vien/<int:pk>/huy-hieu/cap-lai/", badges.reissue, name="badge_reissue"),
    path("dang-vien/viec/", queues.overview, name="queues"),
    path("dang-vien/viec/tiep-nhan/<int:pk>/", queues.receive, name="receive"),
    path("dang-vien/viec/<slug:code>/", queues.queue, name="queue"),
    path("dang-vien/viec/<slug:code>/xuat/", queues.export, name="queue_export"),
    path("dang-vien/viec/<slug:code>/bao/", queues.tell, name="queue_tell"),
    path("thong-ke/", statistics.overview, name="statistics"),
    path("thong-ke/<slug:code>/", statistics.rows, name="figure"),
]
