from django.db import migrations


def add_usual_steps(apps, schema_editor):
    """Three days and one day before: every kind there is begins with the usual ladder."""
    kinds = apps.get_model("meetings", "MeetingKind").objects.values_list("pk", flat=True)
    apps.get_model("meetings", "ReminderStep").objects.bulk_create(
        apps.get_model("meetings", "ReminderStep")(kind_id=kind, subject=subject, days_before=days)
        for kind in kinds
        for subject in ("answer", "paper")
        for days in (3, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0012_reminder_steps")]

    operations = [migrations.RunPython(add_usual_steps, migrations.RunPython.noop)]
