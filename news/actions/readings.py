"""Documents to be studied: asked for, opened, acknowledged, changed, kept up with who comes and goes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from news import edition, reading_notices
from news.audience import Member, people_reached
from news.models import Acknowledgement, Article, ArticleState, Reader, RequiredReading
from portal import audit
from portal.vietnamese import nfc
from portal.vietnamese.sorting import name_sort_key

#: Whoever joins after the start has as long as this, or until the day of all if that is later.
DAYS_FOR_NEWCOMERS = 14
#: Days before (and after) the due day on which the silent are reminded.
RUNGS = (3, 0, -3)


@transaction.atomic
def require_reading(article: Article, *, by: User, due_on: datetime.date) -> RequiredReading:
    """Freeze the item's readers of today; each gets the document on his list and one letter."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if article.state != ArticleState.PUBLISHED:
        raise ValidationError("Chỉ giao đọc được bài đã đăng.", code="state")
    if RequiredReading.objects.filter(article=article).exists():
        raise ValidationError("Bài này đã được giao đọc.", code="state")
    _check_due(due_on)
    people = people_reached(article)
    if not people:
        raise ValidationError("Không có ai trong phạm vi được đọc có tài khoản trên cổng.")
    reading = RequiredReading.objects.create(article=article, due_on=due_on, asked_by=by)
    readers = _add(reading, people, due_on=due_on, came_later=False)
    audit.record(
        "news.require_reading",
        about=article,
        by=by,
        summary="Giao đọc và xác nhận",
        changes={"readers": [0, len(readers)], "due_on": [None, due_on.isoformat()]},
    )
    edition.renew()
    reading_notices.tell_asked(reading, readers, by=by)
    return reading


@transaction.atomic
def change_material(
    reading: RequiredReading, *, by: User, what_changed: str, due_on: datetime.date
) -> RequiredReading:
    """The text has changed in substance: earlier acknowledgements stay, and everybody is asked anew."""
    reading = _locked(reading)
    if not (what_changed := nfc(what_changed)):
        raise ValidationError({"what_changed": "Chưa ghi thay đổi gì; người đọc cần biết đọc lại chỗ nào."})
    _check_due(due_on)
    reading.edition += 1
    reading.what_changed, reading.due_on, reading.changed_at = what_changed, due_on, timezone.now()
    reading.clean_fields(exclude=["article", "asked_by"])
    reading.save(update_fields=["edition", "what_changed", "due_on", "changed_at"])
    reading.readers.counted().update(due_on=due_on)
    audit.record(
        "news.change_material",
        about=reading.article,
        by=by,
        summary="Thay đổi quan trọng, đọc lại",
        changes={"edition": [reading.edition - 1, reading.edition]},
    )
    edition.renew()
    reading_notices.tell_changed(reading, list(_with_users(reading)), by=by)
    return reading


@transaction.atomic
def end_reading(reading: RequiredReading, *, by: User) -> RequiredReading:
    """Nobody is asked or reminded any more; what was acknowledged stays to be seen."""
    reading = _locked(reading)
    reading.ended_at = timezone.now()
    reading.save(update_fields=["ended_at"])
    audit.record("news.end_reading", about=reading.article, by=by, summary="Thôi giao đọc")
    edition.renew()
    return reading


def open_reading(reading: RequiredReading, *, by: User) -> Reader | None:
    """Note that this reader has the present edition before him; None for who need not read it."""
    reader = reading.readers.counted().filter(user=by).first()
    if reader is None:
        return None
    if reader.opened_edition < reading.edition:
        reader.opened_edition, reader.opened_at = reading.edition, timezone.now()
        reader.save(update_fields=["opened_edition", "opened_at"])
    reader.reading = reading
    return reader


@transaction.atomic
def acknowledge(reading: RequiredReading, *, by: User, edition: int) -> Reader:
    """The reader's own word, for the edition he was shown; a double click changes nothing."""
    reading = _locked(reading)
    reader = reading.readers.select_for_update().filter(user=by, left_on__isnull=True).first()
    if reader is None:
        raise ValidationError("Đồng chí không có trong danh sách phải đọc văn bản này.", code="forbidden")
    if edition != reading.edition:
        raise ValidationError("Văn bản vừa thay đổi. Đọc lại chỗ thay đổi rồi xác nhận.", code="conflict")
    if reader.opened_edition != edition:
        raise ValidationError("Mở văn bản đọc trước khi xác nhận.", code="state")
    if reader.acknowledged_edition == edition:
        return reader
    now = timezone.now()
    Acknowledgement.objects.create(
        reader=reader, edition=edition, article_version=reading.article.version, at=now
    )
    reader.acknowledged_edition, reader.acknowledged_at = edition, now
    reader.save(update_fields=["acknowledged_edition", "acknowledged_at"])
    audit.record("news.acknowledge", about=reading.article, by=by, summary="Xác nhận đã đọc")
    return reader


def keep_readers(today: datetime.date | None = None) -> int:
    """Take in who has come into an audience and let go who left it; answers how many rows changed."""
    today = today or timezone.localdate()
    open_ones = RequiredReading.objects.open()
    return sum(_keep(reading, today) for reading in open_ones)


def remind_silent(today: datetime.date | None = None) -> int:
    """The last rung that has come, once each, to whoever has not acknowledged; answers how many letters."""
    today = today or timezone.localdate()
    open_ones = RequiredReading.objects.open()
    return sum(_remind(reading, today) for reading in open_ones)


@transaction.atomic
def _keep(reading: RequiredReading, today: datetime.date) -> int:
    # The row is the lock: two beats come one after the other.
    reading = _locked(reading)
    reached = {person.user.pk: person for person in people_reached(reading.article)}
    known = {reader.user_id: reader for reader in reading.readers.all()}
    gone = [reader.pk for pk, reader in known.items() if pk not in reached and reader.left_on is None]
    back = [reader.pk for pk, reader in known.items() if pk in reached and reader.left_on is not None]
    reading.readers.filter(pk__in=gone).update(left_on=today)
    due_on = max(reading.due_on, today + datetime.timedelta(days=DAYS_FOR_NEWCOMERS))
    reading.readers.filter(pk__in=back).update(left_on=None, due_on=due_on, came_later=True)
    newcomers = [person for pk, person in reached.items() if pk not in known]
    readers = _add(reading, newcomers, due_on=due_on, came_later=True)
    if readers:
        reading_notices.tell_asked(reading, readers, by=None)
    return len(gone) + len(back) + len(readers)


@transaction.atomic
def _remind(reading: RequiredReading, today: datetime.date) -> int:
    reading = _locked(reading)
    told = 0
    for due_on in reading.readers.silent().values_list("due_on", flat=True).distinct().order_by("due_on"):
        days = (due_on - today).days
        rung = min((rung for rung in RUNGS if days <= rung), default=None)
        if rung is None or days < min(RUNGS) - 1:
            continue
        silent = [reader for reader in _with_users(reading) if reader.due_on == due_on]
        silent = [reader for reader in silent if reader.acknowledged_edition != reading.edition]
        # Asked within the last days: the letter that asked is fresh enough.
        late_enough = [
            reader for reader in silent if reader.asked_on < due_on - datetime.timedelta(days=rung)
        ]
        told += reading_notices.remind(reading, late_enough, due_on=due_on, rung=rung)
    return told


def _add(
    reading: RequiredReading, people: Iterable[Member], *, due_on: datetime.date, came_later: bool
) -> list[Reader]:
    today = timezone.localdate()
    readers = [
        Reader(
            reading=reading,
            user=person.user,
            name=person.user.full_name,
            sort_key=name_sort_key(person.user.full_name)[:250],
            organization=person.organization,
            organization_name=person.organization.name,
            unit=person.unit,
            unit_name=person.unit.name,
            due_on=due_on,
            asked_on=today,
            came_later=came_later,
        )
        for person in people
    ]
    return Reader.objects.bulk_create(readers, batch_size=1000)


def _with_users(reading: RequiredReading) -> Iterable[Reader]:
    return reading.readers.counted().select_related("user")


def _locked(reading: RequiredReading) -> RequiredReading:
    reading = (
        RequiredReading.objects.select_for_update(of=("self",)).select_related("article").get(pk=reading.pk)
    )
    if reading.ended_at is not None:
        raise ValidationError("Việc giao đọc văn bản này đã kết thúc.", code="state")
    return reading


def _check_due(due_on: datetime.date) -> None:
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": "Hạn này đã qua. Chọn hôm nay hoặc một ngày sau."})
