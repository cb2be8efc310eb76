from django.db import models


class Post(models.Model):
    title = models.CharField(max_length=250)
    lead = models.TextField()
    body = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-published_at", "-id"], name="floor_post_newest")]

    def __str__(self) -> str:
        return self.title


class Row(models.Model):
    """One line of a meeting page: an agenda item or a participant, bare."""

    position = models.PositiveIntegerField(db_index=True)
    title = models.CharField(max_length=300)
    note = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.title
