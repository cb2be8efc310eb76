"""The short forms every office types; more are kept in the admin."""

from django.db import migrations

from portal.search.keys import search_key

FORMS = [
    ("BCH", "Ban Chấp hành"),
    ("BTV", "Ban Thường vụ"),
    ("UBKT", "Ủy ban Kiểm tra"),
    ("BTC", "Ban Tổ chức"),
    ("BTG", "Ban Tuyên giáo"),
    ("ĐUK", "Đảng ủy Khối"),
    ("ĐU", "Đảng ủy"),
    ("TCCSĐ", "tổ chức cơ sở đảng"),
    ("CBCS", "chi bộ cơ sở"),
    ("ĐVM", "đảng viên mới"),
    ("VP", "Văn phòng"),
    ("đ/c", "đồng chí"),
    ("NQ", "nghị quyết"),
    ("CT", "chỉ thị"),
    ("KL", "kết luận"),
    ("HN", "hội nghị"),
    ("SHCĐ", "sinh hoạt chuyên đề"),
]


def add(apps, schema_editor):
    synonyms = apps.get_model("portal", "SearchSynonym").objects
    for short, long in FORMS:
        keys = {
            "short_key": " ".join(search_key(short).split()),
            "long_key": " ".join(search_key(long).split()),
        }
        synonyms.get_or_create(short=short, defaults={"long": long, **keys})


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_search_index")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
