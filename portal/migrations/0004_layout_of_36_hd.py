"""The guide in force since 2018, so that the first paper can be printed; later ones are entered in the admin."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BASIS = "Hướng dẫn 36-HD/VPTW ngày 03/4/2018 của Văn phòng Trung ương Đảng"


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    layouts = apps.get_model("portal", "DocumentLayout").objects
    layouts.get_or_create(effective_from=datetime.date(2018, 4, 3), defaults={"basis": BASIS})


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_layouts_of_documents")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
