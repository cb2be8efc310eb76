from django.db import migrations


def add_usual_steps(apps, schema_editor):
    """A week and a day before the deadline: every kind there is begins with the usual ladder."""
    kinds = apps.get_model("meetings", "MeetingKind").objects.values_list("pk", flat=True)
    step = apps.get_model("meetings", "ReminderStep")
    step.objects.bulk_create(
        step(kind_id=kind, subject="task", days_before=days) for kind in kinds for days in (7, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0019_more_time_and_evidence_for_tasks")]

    operations = [migrations.RunPython(add_usual_steps, migrations.RunPython.noop)]
