"""What `manage.py doctor` looks at: each part the portal stands on, one sentence for each."""

import smtplib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from portal.celery import app
from portal.outbox import invariants

PATIENCE = 5


class Ill(Exception):
    """A part does not do its work; the text says what was seen and what to do."""


@dataclass(frozen=True)
class Finding:
    part: str
    is_well: bool
    says: str


def examine() -> Iterator[Finding]:
    """Every part, whatever the others say."""
    for part, check in CHECKS.items():
        try:
            yield Finding(part, True, check())
        except (Ill, Error, redis.RedisError, OSError) as error:
            yield Finding(part, False, str(error).strip() or type(error).__name__)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), lower('Đ')")
        version, lowered = cursor.fetchone()
    if lowered != "đ":
        raise Ill("không đổi được chữ hoa tiếng Việt: tạo lại cơ sở dữ liệu với locale C.UTF-8")
    return f"PostgreSQL {version}"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise Ill(f"còn {len(waiting)} bước cập nhật cấu trúc chưa chạy: manage.py migrate")
    return "đã cập nhật"


def _broker() -> str:
    with closing(redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE)) as client:
        server = client.info("server")
        policy = client.info("memory")["maxmemory_policy"]
    if policy != "noeviction":
        raise Ill(f"maxmemory-policy là {policy}: đầy bộ nhớ sẽ mất việc đang chờ; đặt noeviction")
    if "valkey_version" in server:
        return f"Valkey {server['valkey_version']}"
    return f"Redis {server['redis_version']}"


def _worker() -> str:
    answers = app.control.inspect(timeout=2).ping() or {}
    if not answers:
        raise Ill("không có tiến trình nền nào trả lời: xem dịch vụ worker")
    return f"{len(answers)} tiến trình nền"


def _mail() -> str:
    opener = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        with opener(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as relay:
            relay.ehlo()
    except smtplib.SMTPException as error:
        raise Ill(f"máy chủ thư từ chối: {error}") from error
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} trả lời"


def _uploads() -> str:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"x")
    return f"ghi được vào {folder}"


def _page_files() -> str:
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return "lấy thẳng từ mã nguồn (DEBUG)"
    if not staticfiles_storage.hashed_files:
        raise Ill("chưa gom tệp tĩnh: manage.py collectstatic")
    return f"{len(staticfiles_storage.hashed_files)} tệp"


def _outbox() -> str:
    if broken := invariants.broken():
        raise Ill(" ".join(broken))
    return "mọi thư đều có trạng thái rõ ràng"


CHECKS: dict[str, Callable[[], str]] = {
    "Cơ sở dữ liệu": _database,
    "Cấu trúc dữ liệu": _migrations,
    "Hàng đợi": _broker,
    "Tiến trình nền": _worker,
    "Máy chủ thư": _mail,
    "Tệp tải lên": _uploads,
    "Tệp tĩnh": _page_files,
    "Hộp thư đi": _outbox,
}
