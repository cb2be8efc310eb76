"""The pages the fault tests press: send, change, decide, look at the board."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from letters import Plain

from portal import outbox
from portal.models import Delivery, Notice, PortalNotice
from portal.outbox import Recipient
from portal.outbox.invariants import broken
from portal.outbox.progress import progress_of

handler500 = "portal.views.errors.server_error"


def open_to_tests(view):
    return login_not_required(csrf_exempt(view))


@open_to_tests
def people(request, number):
    """That many accounts; one of them decides."""
    model = get_user_model()
    made = [model(username=f"nguoi{n}", full_name=f"Đồng chí {n}", password="!") for n in range(number)]
    model.objects.bulk_create(made, ignore_conflicts=True)
    return JsonResponse({"people": model.objects.count()})


@open_to_tests
def send(request, number):
    asked = {name: request.POST[name] for name in ("key", "replaces") if name in request.POST}
    users = get_user_model().objects.order_by("pk")[:number]
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
    return JsonResponse({"notice": notice.pk, "rows": notice.recipient_count})


@open_to_tests
def withdraw(request):
    keys = request.POST.getlist("recipient")
    stopped = outbox.withdraw(key=request.POST["key"], reason="Đã thôi mời.", recipient_keys=keys)
    return JsonResponse({"stopped": stopped})


@open_to_tests
def again(request, pk):
    outbox.send_again(Delivery.objects.get(pk=pk), by=get_user_model().objects.earliest("pk"))
    return JsonResponse({})


@open_to_tests
def board(request, notice):
    found = Notice.objects.get(pk=notice)
    copies = PortalNotice.objects.filter(notice=found, withdrawn_at__isnull=True)
    return JsonResponse(
        {
            "states": {state.value: n for state, n in progress_of(found, timezone.now()).counts.items()},
            "recipients": found.recipient_count,
            "portal": copies.values("recipient").distinct().count(),
            "copies": copies.count(),
            "accounts": found.portal_count,
            "broken": broken(),
        }
    )


urlpatterns = [
    path("people/<int:number>/", people),
    path("send/<int:number>/", send),
    path("withdraw/", withdraw),
    path("again/<int:pk>/", again),
    path("board/<int:notice>/", board),
]
