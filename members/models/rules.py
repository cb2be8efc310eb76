"""The rules of the register that are numbers: each a dated row with its basis, for they change often."""

from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from portal.vietnamese.fields import NFCCharField


class RuleCode(models.TextChoices):
    PROBATION_MONTHS = "probation_months", "Thời gian dự bị (tháng)"
    RECOGNITION_DAYS = "recognition_days", "Chi bộ xét công nhận chính thức trong (ngày làm việc)"
    RECEIPT_DAYS = "receipt_days", "Nơi nhận tiếp nhận chuyển sinh hoạt trong (ngày)"
    CELL_LEAST = "cell_least", "Chi bộ cơ sở có ít nhất (đảng viên chính thức)"
    CELL_MOST = "cell_most", "Chi bộ cơ sở có nhiều nhất (đảng viên chính thức)"
    COMMITTEE_LEAST = "committee_least", "Đảng bộ cơ sở có ít nhất (đảng viên)"
    STANDING_FROM = "standing_from", "Đảng ủy cơ sở bầu ban thường vụ khi có từ (ủy viên)"
    REVIEW_DAYS = "review_days", "Ghi xếp loại năm sau khi hết năm (ngày)"
    CERTIFICATE_YEARS = "certificate_years", "Giấy chứng nhận nhận thức về Đảng có giá trị (năm)"
    FEE_FREE_YEARS = "fee_free_years", "Miễn đảng phí khi tuổi Đảng đủ (năm)"
    FEE_MONTHS_UNPAID = "fee_months_unpaid", "Không đóng đảng phí thì xét xóa tên khi đủ (tháng trong năm)"


#: Where the office has entered no row yet.
USUAL: dict[str, int] = {
    RuleCode.PROBATION_MONTHS: 12,
    RuleCode.RECOGNITION_DAYS: 30,
    RuleCode.RECEIPT_DAYS: 30,
    RuleCode.REVIEW_DAYS: 31,
    RuleCode.CERTIFICATE_YEARS: 5,
    RuleCode.FEE_FREE_YEARS: 50,
    RuleCode.FEE_MONTHS_UNPAID: 3,
    RuleCode.CELL_LEAST: 3,
    RuleCode.CELL_MOST: 29,
    RuleCode.COMMITTEE_LEAST: 30,
    RuleCode.STANDING_FROM: 9,
}
MOST = 400


class RegisterRule(models.Model):
    code = models.CharField("quy định", max_length=24, choices=RuleCode.choices)
    value = models.PositiveSmallIntegerField("số", validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    effective_from = models.DateField("áp dụng từ ngày")
    basis = NFCCharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "quy định về thời hạn"
        verbose_name_plural = "quy định về thời hạn"
        ordering = ["code", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "effective_from"],
                name="register_rule_once_a_day",
                violation_error_message="Quy định này đã có một dòng áp dụng từ ngày đó.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.value}"


class RuleBook:
    """All rows at once, for asking again and again: what was the number on that day?"""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[datetime.date, int]]] = {}
        self._bases: dict[tuple[str, datetime.date], str] = {}
        for row in RegisterRule.objects.order_by("-effective_from"):
            self._rows.setdefault(row.code, []).append((row.effective_from, row.value))
            self._bases[row.code, row.effective_from] = row.basis

    def value(self, code: RuleCode, day: datetime.date) -> int:
        """The row in force; before the first row, that one."""
        rows = self.periods(code)
        return next((value for since, value in rows if since <= day), rows[-1][1])

    def basis(self, code: RuleCode, day: datetime.date) -> str:
        """The document the number in force stands in; nothing where the office has entered no row."""
        rows = self.periods(code)
        since = next((since for since, _ in rows if since <= day), rows[-1][0])
        return self._bases.get((code, since), "")

    def periods(self, code: RuleCode) -> list[tuple[datetime.date, int]]:
        """(first day, number), the latest first."""
        return self._rows.get(code) or [(datetime.date.min, USUAL[code])]
