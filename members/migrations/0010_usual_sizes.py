"""The sizes of the Charter, each with its article."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SINCE = datetime.date(2011, 1, 19)
ROWS = [
    ("cell_least", 3, "Điều lệ Đảng (2011), điều 21"),
    ("cell_most", 29, "Điều lệ Đảng (2011), điều 21"),
    ("committee_least", 30, "Điều lệ Đảng (2011), điều 21"),
    ("standing_from", 9, "Điều lệ Đảng (2011), điều 22.5"),
]


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rules = apps.get_model("members", "RegisterRule").objects
    for code, value, basis in ROWS:
        rules.get_or_create(code=code, effective_from=SINCE, defaults={"value": value, "basis": basis})


class Migration(migrations.Migration):
    dependencies = [("members", "0009_sizes_of_organizations")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
