"""The rules of 2019 and 2025, and the organisation each rating was given in: where the member belonged at
the end of the period."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CHANGED_ON = datetime.date(2025, 8, 30)
RULES = [
    {
        "valid_from": datetime.date(2019, 1, 1),
        "valid_to": CHANGED_ON - datetime.timedelta(days=1),
        "cap_percent": 20,
        "cap_base": "good",
        "basis": "Hướng dẫn 21-HD/BTCTW năm 2019",
    },
    {
        "valid_from": CHANGED_ON,
        "excellent_from": 90,
        "good_from": 70,
        "completed_from": 50,
        "cap_percent": 20,
        "cap_base": "good_or_better",
        "basis": "Quy định 366-QĐ/TW ngày 30/8/2025, điều 11",
    },
]
#: A quarter ends three months times its number after New Year's Eve; 0 is the whole year.
FILL = """
UPDATE members_qualityrating AS rating SET organization_id =
    (SELECT place.organization_id FROM members_membership AS place
     WHERE place.member_id = rating.member_id
       AND daterange(place.valid_from, place.valid_to, '[]') @>
           (make_date(rating.year, 1, 1)
            + make_interval(months => 3 * COALESCE(NULLIF(rating.quarter, 0), 4), days => -1))::date
     ORDER BY place.valid_from DESC LIMIT 1)
WHERE organization_id IS NULL
"""


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rules = apps.get_model("members", "RatingRule").objects
    for rule in RULES:
        rules.get_or_create(valid_from=rule["valid_from"], defaults=rule)


class Migration(migrations.Migration):
    dependencies = [("members", "0013_ratings_of_organizations")]

    operations = [
        migrations.RunPython(enter, migrations.RunPython.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
