import pytest
from django.urls import reverse

from meetings.links import answer_url
from meetings.models import Participant


@pytest.mark.django_db(transaction=True)
def test_shots(live_server, conferences, cast, signed_in, browser, new_meeting):
    draft = new_meeting(is_expanded=True)
    from meetings.actions import participants

    participants.expand_classes(draft, by=cast.off)
    p = Participant.objects.get(meeting=conferences.m1, member=cast.sec_a.member)
    link = answer_url(meeting_id=conferences.m1.pk, participant_id=p.pk, version=1).replace(
        "http://testserver", ""
    )
    pages = [
        ("page-sec", cast.sec_a, reverse("meetings:meeting", args=[conferences.m1.pk])),
        ("page-off", cast.off, reverse("meetings:meeting", args=[conferences.m1.pk])),
        ("convene", cast.off, reverse("meetings:convene", args=[draft.pk])),
        ("convened", cast.off, reverse("meetings:convene", args=[conferences.m1.pk])),
        ("agenda", cast.off, reverse("meetings:agenda", args=[draft.pk])),
        ("people", cast.off, reverse("meetings:participants", args=[conferences.m1.pk]) + "?q=binh"),
        ("create", cast.off, reverse("meetings:create")),
        ("link", None, link),
        ("list", cast.off, "/hop/"),
    ]
    for width in (1366, 390):
        for name, user, url in pages:
            ctx = browser.new_context(viewport={"width": width, "height": 800})
            if user:
                c = signed_in(user)
                ctx.add_cookies(
                    [{"name": "session", "value": c.cookies["session"].value, "url": live_server.url}]
                )
            page = ctx.new_page()
            page.goto(live_server.url + url)
            page.screenshot(path=f"/tmp/shots/{name}-{width}.png", full_page=True)
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            print(name, width, page.title(), "WIDE" if wide else "")
            ctx.close()
