"""Items that waited for their hour as published ones are scheduled; what was approved is known by version."""

from django.db import migrations
from django.db.models import F
from django.utils import timezone


def name_the_state(apps, schema_editor):
    articles = apps.get_model("news", "Article").objects
    articles.filter(state="published").update(approved_version=F("version"))
    waiting = articles.filter(state="published", published_at__gt=timezone.now())
    waiting.update(state="scheduled", publish_at=F("published_at"), published_at=None)


def forget_it(apps, schema_editor):
    articles = apps.get_model("news", "Article").objects
    articles.filter(state="scheduled").update(state="published", published_at=F("publish_at"))
    articles.filter(state="approved").update(state="for_approval", approved_by=None)
    articles.filter(state="for_editing").update(state="draft")


class Migration(migrations.Migration):
    dependencies = [("news", "0004_editorial_flow")]

    operations = [migrations.RunPython(name_the_state, forget_it)]
