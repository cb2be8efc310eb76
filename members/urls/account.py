from django.urls import path

from members.views import account

app_name = "account"

urlpatterns = [
    path("", account.home, name="home"),
    path("dang-nhap/", account.sign_in, name="sign_in"),
    path("dang-xuat/", account.sign_out, name="sign_out"),
    path("mat-khau/", account.password, name="password"),
]
