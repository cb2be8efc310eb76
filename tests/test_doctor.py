"""`manage.py doctor`: every part looked at, whatever the others say."""

import pytest
import redis
from django.core.management import CommandError, call_command

from portal.doctor import CHECKS, examine
from portal.embedded.mail.server import MailCatcher
from portal.embedded.valkey import ValkeyServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def findings(monkeypatch, settings, base):
    """The examination without the worker, which no test of this file starts."""
    monkeypatch.delitem(CHECKS, "Tiến trình nền")
    settings.MEDIA_ROOT = str(base / "media")
    with MailCatcher(base) as catcher:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", catcher.smtp_port
        yield lambda: {finding.part: finding for finding in examine()}


def test_all_is_well_on_a_good_day(findings, capsys):
    assert [finding for finding in findings().values() if not finding.is_well] == []

    call_command("doctor")

    assert "PostgreSQL 18" in capsys.readouterr().out


def test_a_missing_part_is_named_and_the_rest_still_examined(findings, settings, capsys):
    settings.EMAIL_PORT = 1

    with pytest.raises(CommandError, match="1 bộ phận"):
        call_command("doctor")

    said = capsys.readouterr().out
    assert "HỎNG  Máy chủ thư" in said and "tốt   Hộp thư đi" in said


def test_a_broker_that_may_forget_work_is_ill(findings, settings, base):
    with ValkeyServer(base) as server:
        settings.REDIS_URL = server.url
        with redis.Redis.from_url(server.url) as client:
            client.config_set("maxmemory-policy", "allkeys-lru")

        finding = findings()["Hàng đợi"]

        assert (finding.is_well, "noeviction" in finding.says) == (False, True)


def test_without_a_worker_it_says_where_to_look(settings):
    finding = {finding.part: finding for finding in examine()}["Tiến trình nền"]

    assert (finding.is_well, "worker" in finding.says) == (False, True)


def test_a_folder_that_takes_no_files_is_ill(findings, settings):
    settings.MEDIA_ROOT = "/proc/nowhere"

    assert not findings()["Tệp tải lên"].is_well
