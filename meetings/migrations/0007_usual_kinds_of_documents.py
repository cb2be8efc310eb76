"""The types of the Party's documents that bear a mark; the office changes them as the rules change."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SINCE = datetime.date(2017, 2, 6)
BASIS = "Quy định 66-QĐ/TW ngày 06/02/2017, nay là 399-QĐ/TW ngày 09/01/2026"
KINDS = [
    ("Nghị quyết", "NQ"),
    ("Quyết định", "QĐ"),
    ("Quy định", "QĐ"),
    ("Chỉ thị", "CT"),
    ("Kết luận", "KL"),
    ("Quy chế", "QC"),
    ("Thông tri", "TT"),
    ("Hướng dẫn", "HD"),
    ("Thông báo", "TB"),
    ("Thông cáo", "TC"),
    ("Báo cáo", "BC"),
    ("Kế hoạch", "KH"),
    ("Chương trình", "CTr"),
    ("Đề án", "ĐA"),
    ("Phương án", "PA"),
    ("Dự án", "DA"),
    ("Tờ trình", "TTr"),
    ("Công văn", "CV"),
    ("Biên bản", "BB"),
    ("Giấy mời", "GM"),
]


def add_kinds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    DocumentKind = apps.get_model("meetings", "DocumentKind")
    if not DocumentKind.objects.exists():
        DocumentKind.objects.bulk_create(
            DocumentKind(name=name, mark=mark, position=place, valid_from=SINCE, basis=BASIS)
            for place, (name, mark) in enumerate(KINDS, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_document_registers")]

    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
