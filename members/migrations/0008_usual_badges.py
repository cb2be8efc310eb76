"""The badges and the days they are given on, as 01-HD/TW has them; a change gets rows of its own."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SINCE = datetime.date(2021, 9, 28)
BASIS = "Hướng dẫn 01-HD/TW ngày 28/9/2021, mục 18"
#: Early by at most a year up to 65 years, by two from 70 on; posthumous by a year.
EARLY = {**dict.fromkeys((30, 40, 45, 50, 55, 60, 65), 12), **dict.fromkeys((70, 75, 80, 85, 90), 24)}
POSTHUMOUS = 12
DAYS = [(3, 2), (19, 5), (2, 9), (7, 11)]


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rules = apps.get_model("members", "BadgeRule").objects
    for years, early in EARLY.items():
        terms = {"early_months": early, "posthumous_months": POSTHUMOUS, "basis": BASIS}
        rules.get_or_create(badge_years=years, valid_from=SINCE, defaults=terms)
    days = apps.get_model("members", "AwardDay").objects
    for day, month in DAYS:
        days.get_or_create(day=day, month=month, valid_from=SINCE, defaults={"basis": BASIS})


class Migration(migrations.Migration):
    dependencies = [("members", "0007_rules_and_proposals_of_badges")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
