"""Minutes approved before there were versions get the copy that every approval keeps from now on."""

from django.db import migrations


def keep_copies(apps, schema_editor):
    Minutes = apps.get_model("meetings", "Minutes")
    MinutesVersion = apps.get_model("meetings", "MinutesVersion")
    copied = (
        "symbol",
        "content",
        "content_hash",
        "signed_by_id",
        "signed_at",
        "approved_by_id",
        "approved_at",
    )
    MinutesVersion.objects.bulk_create(
        MinutesVersion(minutes=minutes, version=1, **{name: getattr(minutes, name) for name in copied})
        for minutes in Minutes.objects.filter(state="approved", versions=None).iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0014_minutes_saved_by_themselves_and_reopened")]

    operations = [migrations.RunPython(keep_copies, migrations.RunPython.noop)]
