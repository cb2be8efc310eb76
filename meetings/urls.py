"""Addresses of conferences, their papers and answers, tasks, and the weekly schedule."""

from django.urls import path

from meetings.views import (
    agenda,
    answers,
    convening,
    meetings,
    minutes,
    news_items,
    papers,
    participants,
    preparation,
    programs,
    roll_call,
    running,
    schedule,
    tasks,
)

app_name = "meetings"
urlpatterns = [
    path("hop/", meetings.meeting_list, name="list"),
    path("hop/tao/", preparation.create, name="create"),
    path("hop/<int:pk>/", meetings.meeting, name="meeting"),
    path("hop/<int:pk>/sua/", preparation.correct, name="correct"),
    path("hop/<int:pk>/doi-lich/", preparation.move, name="move"),
    path("hop/<int:pk>/hoan/", preparation.postpone, name="postpone"),
    path("hop/<int:pk>/huy/", preparation.cancel, name="cancel"),
    path("hop/<int:pk>/chuong-trinh/", agenda.agenda, name="agenda"),
    path("hop/<int:pk>/chuong-trinh/them/", agenda.add_item, name="add_item"),
    path("hop/<int:pk>/chuong-trinh/<int:item_id>/", agenda.edit_item, name="edit_item"),
    path("hop/<int:pk>/chuong-trinh/<int:item_id>/chuyen/", agenda.move_item, name="move_item"),
    path("hop/<int:pk>/chuong-trinh/<int:item_id>/bo/", agenda.remove_item, name="remove_item"),
    path("hop/<int:pk>/chuong-trinh/<int:item_id>/tai-lieu/", agenda.add_paper, name="add_paper"),
    path("hop/<int:pk>/tai-lieu/<int:paper_id>/go/", agenda.remove_paper, name="remove_paper"),
    path("hop/<int:pk>/thanh-phan/", participants.participant_list, name="participants"),
    path("hop/<int:pk>/thanh-phan/lap/", participants.expand, name="expand"),
    path("hop/<int:pk>/thanh-phan/them/", participants.add_member, name="add_member"),
    path("hop/<int:pk>/thanh-phan/khach/", participants.add_guest, name="add_guest"),
    path("hop/<int:pk>/thanh-phan/<int:participant_id>/rut/", participants.remove, name="remove_participant"),
    path(
        "hop/<int:pk>/thanh-phan/<int:participant_id>/tra-loi/",
        participants.phone_answer,
        name="phone_answer",
    ),
    path("hop/<int:pk>/trieu-tap/", convening.convene, name="convene"),
    path("hop/<int:pk>/trieu-tap/rut-lai/", convening.withdraw, name="withdraw"),
    path("hop/<int:pk>/trieu-tap/nhac/", convening.remind, name="remind"),
    path("hop/<int:pk>/tra-loi/", answers.answer, name="answer"),
    path("hop/<int:pk>/tra-loi/<str:token>/", answers.answer_link, name="answer_link"),
    path("hop/tai-lieu/<int:pk>/", papers.paper, name="paper"),
    path("chuong-trinh/", programs.programs, name="programs"),
    path("lich/", schedule.week, name="week"),
    path("lich/<str:week>/", schedule.week, name="week_of"),
    path("nhiem-vu/", tasks.task_list, name="tasks"),
    path("nhiem-vu/<int:pk>/", tasks.task, name="task"),
    # The session: roll call, running, minutes, news.
    path("hop/<int:pk>/diem-danh/", roll_call.desk, name="roll_call"),
    path("hop/<int:pk>/dieu-hanh/", running.running, name="running"),
    path("hop/<int:pk>/bien-ban/", minutes.minutes_page, name="minutes"),
    path("hop/<int:pk>/tin/", news_items.news_item, name="news_item"),
]
