"""The yearly review: who has no rating yet for the last year whose time has come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Value

from members.models import Exemption, PartyMember, QualityRating, RuleBook, RuleCode
from members.queues.duties import A_DAY, FAR, Duty, Queue

WHOLE_YEAR = 0


class Reviews(Queue):
    code = "kiem-diem"
    title = "Chưa xếp loại năm"
    what = (
        "Chi bộ kiểm điểm, đánh giá, xếp loại rồi ghi vào hồ sơ. Người được miễn công tác và sinh hoạt, "
        "người vào Đảng sau năm ấy thì không tính."
    )
    counted = "đảng viên chưa được xếp loại năm"

    def everywhere(self, today: datetime.date) -> QuerySet[Any]:
        year, due = self.year(today)
        end = datetime.date(year, 12, 31)
        of_member = {"member": OuterRef("pk")}
        rated = QualityRating.objects.filter(**of_member, year=year, quarter=WHOLE_YEAR)
        exempt = Exemption.objects.on(end).filter(**of_member)
        return (
            PartyMember.objects.current()
            .filter(admitted_on__lte=end)
            .filter(~Exists(rated), ~Exists(exempt))
            .select_related("organization")
            .annotate(due=Value(due, DateField()), rated_year=Value(year))
        )

    def year(self, today: datetime.date) -> tuple[int, datetime.date]:
        """The year to be rated and the day it is to be done by: the new one once that is in sight."""
        rules = RuleBook()
        for year in (today.year, today.year - 1):
            end = datetime.date(year, 12, 31)
            due = end + rules.value(RuleCode.REVIEW_DAYS, end) * A_DAY
            if due - FAR * A_DAY <= today:
                break
        return year, due

    def duties(self, rows: Iterable[Any], today: datetime.date) -> list[Duty]:
        return [
            Duty(row.pk, row, row.organization, row.due, today, f"Chưa ghi xếp loại năm {row.rated_year}")
            for row in rows
        ]
