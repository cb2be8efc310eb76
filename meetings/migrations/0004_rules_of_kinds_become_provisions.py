"""The rule each kind of meeting had becomes its first dated provision."""

from django.db import migrations
from django.db.models import Min
from django.utils import timezone


def copy_rules(apps, schema_editor):
    kinds = apps.get_model("meetings", "MeetingKind")
    provisions = apps.get_model("meetings", "QuorumProvision")
    for kind in kinds.objects.annotate(first=Min("meetings__starts_at")):
        provisions.objects.create(
            kind=kind,
            # Every conference held so far was held under it.
            valid_from=timezone.localtime(kind.first).date() if kind.first else timezone.localdate(),
            rule=kind.quorum_rule,
            number=kind.quorum_number,
            basis=kind.quorum_basis or "Chưa ghi căn cứ",
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_roll_call_desk")]

    operations = [migrations.RunPython(copy_rules, migrations.RunPython.noop, elidable=True)]
