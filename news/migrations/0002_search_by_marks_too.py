from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_articles_and_attachments"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="search_marks",
            field=models.TextField(default="", editable=False),
        ),
        # A generated column cannot be altered, it is made anew.
        migrations.RemoveIndex(model_name="article", name="article_search"),
        migrations.RemoveField(model_name="article", name="search_vector"),
        migrations.AddField(
            model_name="article",
            name="search_vector",
            field=models.GeneratedField(
                expression=SearchVector("search_title", weight="A", config="simple")
                + SearchVector("search_text", weight="B", config="simple")
                + SearchVector("search_marks", weight="D", config="simple"),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(model_name="article", index=GinIndex("search_vector", name="article_search")),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                F("category"),
                F("published_at").desc(),
                F("id").desc(),
                name="article_category_keyset",
                condition=models.Q(state="published"),
            ),
        ),
    ]
