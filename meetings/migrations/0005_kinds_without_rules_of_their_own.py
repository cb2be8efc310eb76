from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_rules_of_kinds_become_provisions")]

    operations = [
        migrations.RemoveConstraint(
            model_name="meetingkind",
            name="fixed_quorum_has_number",
        ),
        migrations.RemoveField(
            model_name="meetingkind",
            name="quorum_basis",
        ),
        migrations.RemoveField(
            model_name="meetingkind",
            name="quorum_number",
        ),
        migrations.RemoveField(
            model_name="meetingkind",
            name="quorum_rule",
        ),
    ]
