"""Addresses of conferences, their papers and answers, tasks, and the weekly schedule."""

from django.urls import path

from meetings.views import answers, meetings, papers, schedule, tasks

app_name = "meetings"
urlpatterns = [
    path("hop/", meetings.meeting_list, name="list"),
    path("hop/<int:pk>/", meetings.meeting, name="meeting"),
    path("hop/<int:pk>/tra-loi/", answers.answer, name="answer"),
    path("hop/<int:pk>/tra-loi/<str:token>/", answers.answer_link, name="answer_link"),
    path("hop/tai-lieu/<int:pk>/", papers.paper, name="paper"),
    path("lich/", schedule.week, name="week"),
    path("lich/<str:week>/", schedule.week, name="week_of"),
    path("nhiem-vu/", tasks.task_list, name="tasks"),
    path("nhiem-vu/<int:pk>/", tasks.task, name="task"),
]
