"""The numbers in force, each with its basis; a change is entered in the admin as a row of its own."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS = [
    ("probation_months", 12, datetime.date(2011, 1, 19), "Điều lệ Đảng (2011), điều 5"),
    ("recognition_days", 30, datetime.date(2016, 7, 25), "Quy định 29-QĐ/TW, điểm 4.2"),
    ("receipt_days", 30, datetime.date(2016, 7, 25), "Quy định 29-QĐ/TW, điểm 6.3"),
    ("review_days", 31, datetime.date(2011, 1, 19), "Thông lệ: kết quả trong tháng 01; sửa theo hướng dẫn"),
]


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rules = apps.get_model("members", "RegisterRule").objects
    for code, value, day, basis in ROWS:
        rules.get_or_create(code=code, effective_from=day, defaults={"value": value, "basis": basis})


class Migration(migrations.Migration):
    dependencies = [("members", "0005_rules_and_receipts_of_transfers")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
