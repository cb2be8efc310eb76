"""The audit trail: one line a deed, and nobody alters it."""

import pytest
from django.db import DatabaseError, transaction

from portal import audit
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_which_object(cast):
    entry = audit.record(
        "members.rename", about=cast.r, by=cast.off, summary="Đổi tên", changes={"name": ["a", "b"]}
    )

    assert (entry.actor, entry.about_text, entry.changes) == (cast.off, str(cast.r), {"name": ["a", "b"]})
    assert list(AuditEntry.objects.about(cast.r)) == [entry]


def test_a_line_carries_where_the_request_came_from(cast):
    with audit.coming_from(ip="10.1.2.3", request_id="7F3A"):
        entry = audit.record("members.view", about=cast.r, by=cast.off)

    assert (entry.ip, entry.request_id) == ("10.1.2.3", "7F3A")
    assert audit.record("members.view", about=cast.r, by=None).ip is None


def test_a_line_break_forges_no_second_line(cast):
    entry = audit.record("members.view", about=cast.r, by=None, summary="xem\n2026 admin xóa")

    assert entry.summary == "xem 2026 admin xóa"


@pytest.mark.parametrize("change", [lambda rows: rows.update(summary="khác"), lambda rows: rows.delete()])
def test_the_database_refuses_to_alter_a_line(cast, change):
    audit.record("members.view", about=cast.r, by=cast.off)

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        change(AuditEntry.objects.all())

    assert AuditEntry.objects.get().summary == ""
