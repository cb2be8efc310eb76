"""The hash chain over the trail: what somebody changes or takes out past the portal is noticed."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from portal import audit
from portal.audit import chain
from portal.models import AuditEntry, AuditSeal

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(cast):
    """Five lines, all in the chain."""
    entries = [audit.record("members.view", about=cast.r, by=cast.off, summary=f"Xem {n}") for n in range(5)]
    chain.seal()
    return entries


def tamper(statement, *values):
    """As somebody with the database's own password would, past triggers and keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_untouched_chain_holds(lines):
    verdict = chain.verify()

    assert verdict.holds
    assert verdict.head.position == AuditEntry.objects.count()
    assert verdict.sentence.endswith("dòng nối liền nhau.")


def test_line_not_joined_yet_is_kept_too(lines, cast):
    entry = audit.record("members.view", about=cast.r, by=None)
    assert chain.verify().holds

    tamper("UPDATE portal_auditentry SET summary = 'khác' WHERE id = %s", entry.pk)

    assert f"số {entry.pk} đã bị sửa" in chain.verify().sentence


@pytest.mark.parametrize(
    "change",
    [
        "summary = 'khác'",
        "changes = '{\"a\": [1, 2]}'",
        "actor_id = NULL",
        "at = at + interval '1 microsecond'",
        "request_id = 'X'",
    ],
)
def test_changed_line_is_named(lines, change):
    tamper(f"UPDATE portal_auditentry SET {change} WHERE id = %s", lines[2].pk)

    verdict = chain.verify()

    assert (verdict.holds, verdict.head.position) == (False, lines_before(lines[2]))
    assert verdict.sentence == f"Nhật ký không còn nguyên vẹn. Dòng nhật ký số {lines[2].pk} đã bị sửa."


def lines_before(entry):
    return AuditEntry.objects.filter(pk__lt=entry.pk).count()


def test_deleted_line_is_missed(lines):
    tamper("DELETE FROM portal_auditentry WHERE id = %s", lines[2].pk)

    assert f"số {lines[2].pk} đã bị xóa" in chain.verify().sentence


def test_line_deleted_with_its_seal_leaves_a_gap(lines):
    tamper("DELETE FROM portal_auditentry WHERE id = %s", lines[2].pk)
    tamper("DELETE FROM portal_auditseal WHERE entry_id = %s", lines[2].pk)

    assert "đã bị lấy ra" in chain.verify().sentence


def test_line_changed_with_its_hash_joins_no_more(lines):
    tamper("UPDATE portal_auditentry SET summary = 'khác' WHERE id = %s", lines[2].pk)
    content = "jsonb_build_array"  # any other hash of the forger's making
    tamper("UPDATE portal_auditseal SET content = %s WHERE entry_id = %s", content, lines[2].pk)

    assert not chain.verify().holds


def test_line_written_past_the_trigger_is_found(lines):
    tamper(
        "INSERT INTO portal_auditentry (at, action, about_type_id, about_id, about_text, summary, changes,"
        " request_id) SELECT at, action, about_type_id, about_id, about_text, 'thêm', changes, request_id"
        " FROM portal_auditentry WHERE id = %s",
        lines[0].pk,
    )

    assert "được ghi mà không qua chuỗi" in chain.verify().sentence


def test_end_that_was_cut_off_shows_against_a_head_kept_elsewhere(lines):
    noted = chain.verify().head
    tamper("DELETE FROM portal_auditentry WHERE id = %s", lines[-1].pk)
    tamper("DELETE FROM portal_auditseal WHERE entry_id = %s", lines[-1].pk)

    assert chain.verify().holds
    assert "phần sau đã bị cắt" in chain.verify(noted).sentence


def test_chain_made_anew_shows_against_a_head_kept_elsewhere(lines):
    noted = chain.verify().head
    tamper("UPDATE portal_auditentry SET summary = 'khác' WHERE id = %s", lines[2].pk)
    tamper("DELETE FROM portal_auditseal")
    tamper(
        "INSERT INTO portal_auditseal (entry_id, content, chain)"
        f" SELECT e.id, {chain.CONTENT_OF.format(row='e')}, '' FROM portal_auditentry e"
    )
    chain.seal()

    assert chain.verify().holds
    assert "chuỗi đã bị làm lại" in chain.verify(noted).sentence


def test_database_keeps_seals(lines):
    for change in (lambda rows: rows.update(chain="x"), lambda rows: rows.delete()):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change(AuditSeal.objects.filter(entry=lines[0]))


def test_command_says_it_in_one_sentence_and_fails_where_it_breaks(lines, capsys):
    call_command("verify_audit")
    said = capsys.readouterr().out
    assert "Nhật ký nguyên vẹn" in said
    since = said.partition("Đầu chuỗi: ")[2].strip()

    call_command("verify_audit", f"--since={since}")
    tamper("DELETE FROM portal_auditentry WHERE id = %s", lines[2].pk)

    with pytest.raises(CommandError, match="đã bị xóa"):
        call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_line_committed_late_is_joined_after_those_sealed_meanwhile(cast):
    """Its number is lower; writing waits for no seal, and sealing for no writer."""
    written, release = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                audit.record("members.view", about=cast.r, by=None, summary="chậm")
                written.set()
                release.wait(30)
        finally:
            connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    assert written.wait(30)
    late = audit.record("members.view", about=cast.r, by=None, summary="nhanh")
    assert chain.seal() == 1
    release.set()
    writer.join()

    assert chain.seal() == 1
    order = list(AuditSeal.objects.order_by("position").values_list("entry__summary", flat=True))
    assert order == ["nhanh", "chậm"]
    assert AuditEntry.objects.get(summary="chậm").pk < late.pk
    assert chain.verify().holds


@pytest.mark.django_db(transaction=True)
def test_two_who_seal_at_once_make_one_chain(cast):
    for number in range(40):
        audit.record("members.view", about=cast.r, by=None, summary=str(number))
    start, joined = threading.Barrier(4), []

    def work():
        try:
            start.wait(30)
            joined.append(chain.seal())
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(joined) == 40
    assert chain.verify().head.position == 40
