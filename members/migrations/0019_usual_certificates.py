"""How long the certificate of the class for candidates holds."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROW = {"value": 5, "basis": "Mẫu CN-NTVĐ"}
SINCE = datetime.date(2022, 1, 1)


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rules = apps.get_model("members", "RegisterRule").objects
    rules.get_or_create(code="certificate_years", effective_from=SINCE, defaults=ROW)


class Migration(migrations.Migration):
    dependencies = [("members", "0018_results_of_classes")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
