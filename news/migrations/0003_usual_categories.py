from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The columns such committees' pages usually have; the office renames them as it likes.
CATEGORIES = [
    ("tin-hoat-dong", "Tin hoạt động"),
    ("xay-dung-dang", "Công tác xây dựng Đảng"),
    ("kiem-tra-giam-sat", "Kiểm tra, giám sát"),
    ("dan-van-doan-the", "Dân vận – đoàn thể"),
    ("hoc-tap-va-lam-theo-bac", "Học tập và làm theo Bác"),
    ("thong-bao", "Thông báo"),
]


def add_categories(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Category = apps.get_model("news", "Category")
    if not Category.objects.exists():
        Category.objects.bulk_create(
            Category(slug=slug, name=name, position=place)
            for place, (slug, name) in enumerate(CATEGORIES, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_search_by_marks_too"),
    ]

    operations = [
        migrations.RunPython(add_categories, migrations.RunPython.noop),
    ]
