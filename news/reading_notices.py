"""The letters about a document to be studied: only to whoever still owes it when the letter leaves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from members.models import User
from news.letters import NewsNotice
from news.models import Article, Reader, RequiredReading
from portal import dates, outbox
from portal.models import Delivery, Notice


class ReadingNotice(NewsNotice):
    """About a required reading; asked again right before it leaves: read meanwhile, gone, withdrawn?"""

    def refusal(self, delivery: Delivery) -> str | None:
        reader = (
            Reader.objects.filter(reading=delivery.notice.about_id, user=delivery.user_id)
            .select_related("reading", "user")
            .first()
        )
        if reader is None or reader.left_on is not None or not reader.user.is_active:
            return "Người nhận không còn phải đọc văn bản này."
        if reader.reading.ended_at is not None:
            return "Việc giao đọc đã kết thúc."
        if reader.acknowledged_edition == reader.reading.edition:
            return "Người nhận đã xác nhận."
        if not Article.objects.published_to(reader.user).filter(pk=reader.reading.article_id).exists():
            return "Người nhận không còn xem được bài này."
        return None


class MustRead(ReadingNotice):
    code = "news.must_read"
    label = "Văn bản phải đọc và xác nhận"


class ReadAgain(ReadingNotice):
    code = "news.read_again"
    label = "Văn bản thay đổi, đọc lại"


class ReadingReminder(ReadingNotice):
    code = "news.reading_reminder"
    label = "Nhắc đọc và xác nhận văn bản"


KINDS = (MustRead, ReadAgain, ReadingReminder)


def tell_asked(reading: RequiredReading, readers: Iterable[Reader], *, by: User | None) -> None:
    """The same key whoever comes later: each person hears of an edition once."""
    for due_on, group in _by_day(readers).items():
        _tell(
            MustRead,
            reading,
            group,
            by=by,
            key=f"{reading.edition}:{due_on.isoformat()}",
            title="Phải đọc và xác nhận",
            sentence=f"Đồng chí cần đọc và xác nhận văn bản này trước hết ngày {dates.day(due_on)}.",
        )


def tell_changed(reading: RequiredReading, readers: Iterable[Reader], *, by: User) -> None:
    _tell(
        ReadAgain,
        reading,
        readers,
        by=by,
        key=str(reading.edition),
        title="Thay đổi, đọc lại",
        sentence=f"Văn bản thay đổi: {reading.what_changed} Đồng chí đọc lại và xác nhận trước hết ngày "
        f"{dates.day(reading.due_on)}.",
    )


def remind(reading: RequiredReading, readers: Iterable[Reader], *, due_on: datetime.date, rung: int) -> int:
    """How many were reminded now: a rung that was climbed before is not climbed again."""
    readers = list(readers)
    key = f"{reading.edition}:{due_on.isoformat()}:{rung}"
    if not readers or Notice.objects.filter(key=_key(ReadingReminder, reading, key)).exists():
        return 0
    when = f"đã quá hạn ngày {dates.day(due_on)}" if rung < 0 else f"hạn hết ngày {dates.day(due_on)}"
    _tell(
        ReadingReminder,
        reading,
        readers,
        by=None,
        key=key,
        title="Nhắc đọc và xác nhận",
        sentence=f"Đồng chí chưa xác nhận đã đọc văn bản này, {when}.",
    )
    return len(readers)


def _by_day(readers: Iterable[Reader]) -> dict[datetime.date, list[Reader]]:
    groups: dict[datetime.date, list[Reader]] = {}
    for reader in readers:
        groups.setdefault(reader.due_on, []).append(reader)
    return groups


def _key(kind: type[ReadingNotice], reading: RequiredReading, key: str) -> str:
    return f"{kind.code}:{reading.pk}:{key}"


def _tell(
    kind: type[ReadingNotice],
    reading: RequiredReading,
    readers: Iterable[Reader],
    *,
    by: User | None,
    key: str,
    title: str,
    sentence: str,
) -> None:
    article = reading.article
    outbox.post(
        kind=kind.code,
        about=reading,
        recipients=[
            outbox.Recipient(
                user=reader.user, name=reader.name, address=reader.user.email, key=f"user:{reader.user_id}"
            )
            for reader in readers
        ],
        key=_key(kind, reading, key),
        title=f"{title}: {article.title}"[:250],
        url=reading.get_absolute_url(),
        by=by,
        hold=outbox.usual_hold() if by else datetime.timedelta(),
        context={"title": article.title, "sentence": sentence},
    )
