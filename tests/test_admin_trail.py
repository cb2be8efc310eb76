"""The trail in the admin: who did what, never about whom or with which words (permissions: P85, P86)."""

import pytest
from django.urls import reverse
from newsroom import publish, write

from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

TITLE = "Chuyện riêng của Bình"


@pytest.fixture
def entry(cast, edi2) -> AuditEntry:
    publish(write(cast.edi, TITLE, only_for=cast.b), by=edi2)
    return AuditEntry.objects.get(action="news.publish")


def test_administrator_finds_the_deed_but_not_its_title(cast, signed_in, entry):
    client = signed_in(cast.adm)

    found = client.get(reverse("admin:portal_auditentry_changelist"), {"q": entry.actor.username})
    row = client.get(reverse("admin:portal_auditentry_change", args=[entry.pk]))

    for page in (found.content.decode(), row.content.decode()):
        assert "Đăng tin, bài" in page
        assert str(entry.actor) in page
        assert TITLE not in page


def test_a_title_finds_nothing(cast, signed_in, entry):
    page = signed_in(cast.adm).get(reverse("admin:portal_auditentry_changelist"), {"q": TITLE})

    assert page.context["cl"].result_count == 0


def test_nobody_writes_in_it(cast, signed_in, entry):
    client = signed_in(cast.adm)

    answers = {
        client.post(reverse(f"admin:portal_auditentry_{deed}", args=where), {"post": "yes"}).status_code
        for deed, where in [("add", []), ("change", [entry.pk]), ("delete", [entry.pk])]
    }

    assert answers == {403}
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_the_filters_speak_vietnamese(cast, signed_in, entry):
    page = signed_in(cast.adm).get(reverse("admin:portal_auditentry_changelist")).content.decode()

    assert "Hôm nay" in page
    assert "counts" not in page
