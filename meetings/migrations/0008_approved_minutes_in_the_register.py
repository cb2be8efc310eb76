"""Minutes approved before there was a register keep their numbers in it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def enter_minutes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model
    kind = model("meetings", "DocumentKind").objects.filter(mark="BB").first()
    approved = model("meetings", "Minutes").objects.filter(state="approved").select_related("meeting")
    for minutes in approved.order_by("pk").iterator():
        meeting = minutes.meeting
        mark, _, letters = minutes.symbol.partition("-")[2].partition("/")
        register, _ = model("meetings", "DocumentRegister").objects.get_or_create(
            organization_id=meeting.organization_id, letters=letters, mark=mark, term_id=meeting.term_id
        )
        model("meetings", "PartyDocument").objects.create(
            register=register,
            kind=kind,
            number=minutes.number,
            symbol=minutes.symbol,
            abstract=f"Biên bản {meeting.title}",
            issued_on=timezone.localdate(meeting.starts_at),
            meeting=meeting,
            meeting_version=meeting.version,
            entered_by_id=minutes.approved_by_id,
            entered_at=minutes.approved_at,
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_usual_kinds_of_documents")]

    operations = [migrations.RunPython(enter_minutes, migrations.RunPython.noop)]
