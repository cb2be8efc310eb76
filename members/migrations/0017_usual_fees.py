"""The rates of 01-QĐ/TW, the years that free from fees, and the months that lead to striking off."""

import datetime
from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SINCE = datetime.date(2026, 2, 1)
BASIS = "Quy định 01-QĐ/TW ngày 03/02/2026"
SHARES = {"insured": Decimal("1"), "benefit": Decimal("1"), "pensioner": Decimal("0.5")}
STUDENT = 5_000
RULES = [
    ("fee_free_years", 50, SINCE, BASIS),
    ("fee_months_unpaid", 3, datetime.date(2021, 7, 30), "Quy định 24-QĐ/TW năm 2021"),
]


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    fees = apps.get_model("members", "FeeRule").objects
    for group, percent in SHARES.items():
        fees.get_or_create(group=group, valid_from=SINCE, defaults={"percent": percent, "basis": BASIS})
    fees.get_or_create(group="student", valid_from=SINCE, defaults={"amount": STUDENT, "basis": BASIS})
    rules = apps.get_model("members", "RegisterRule").objects
    for code, value, since, basis in RULES:
        rules.get_or_create(code=code, effective_from=since, defaults={"value": value, "basis": basis})


class Migration(migrations.Migration):
    dependencies = [("members", "0016_party_fees")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
