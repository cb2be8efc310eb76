"""The portal's own pages, and under /thu/ what only tests press: make people, send, look behind."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from letters import Plain

from faults import article, conference
from members.models import User
from portal import outbox
from portal.models import Notice
from portal.outbox import Recipient
from portal.outbox.invariants import broken
from portal.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def open_to_tests(view):
    return login_not_required(csrf_exempt(view))


@open_to_tests
def people(request, number):
    """The cast, whose office sends and decides, and so many recipients with an account."""
    conference.make_office()
    made = [User(username=f"nguoi{n}", full_name=f"Đồng chí {n}", password="!") for n in range(number)]
    User.objects.bulk_create(made)
    return JsonResponse({"people": number})


@open_to_tests
def send(request, number):
    asked = {name: request.POST[name] for name in ("key", "replaces") if name in request.POST}
    users = User.objects.filter(username__startswith="nguoi").order_by("pk")[:number]
    recipients = [Recipient(u, u.full_name, f"{u.username}@nhan.example", f"user:{u.pk}") for u in users]
    recipients += [
        Recipient(None, name, address, f"odd:{name}")
        for name, address in zip(request.POST.getlist("name"), request.POST.getlist("address"), strict=True)
    ]
    notice = outbox.post(
        kind=Plain.code,
        about=ContentType.objects.get_for_model(Notice),
        recipients=recipients,
        title="Mời họp",
        url="/",
        by=users[0],
        version=int(request.POST.get("version", 1)),
        **asked,
    )
    return JsonResponse({"notice": notice.pk})


@open_to_tests
def new_conference(request, number):
    return JsonResponse({"meeting": conference.make_draft(number).pk})


@open_to_tests
def new_article(request, seconds):
    return JsonResponse({"article": article.schedule(seconds).pk})


@open_to_tests
def promises(request):
    """The portal's own check of its promises."""
    return JsonResponse({"broken": broken()})


urlpatterns = [
    path("thu/people/<int:number>/", people),
    path("thu/send/<int:number>/", send),
    path("thu/conference/<int:number>/", new_conference),
    path("thu/article/<int:seconds>/", new_article),
    path("thu/promises/", promises),
    path("", include("portal.urls")),
]
