from django.urls import path

from bench.floor.views import post_detail, post_list, rows

urlpatterns = [path("", post_list), path("hop/<int:number>/", rows), path("<int:pk>/", post_detail)]
