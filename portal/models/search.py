"""The index of what can be found by words, and the short forms people use."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models

from portal.search.keys import marked_syllables, search_key
from portal.search.suggestions import TITLES
from portal.vietnamese import nfc
from portal.vietnamese.fields import NFCCharField


class FileReading(models.TextChoices):
    """How far the words of a file have been read; empty for what is no file."""

    PENDING = "pending", "Chưa đọc chữ trong tệp"
    READ = "read", "Đã đọc chữ trong tệp"
    NO_TEXT = "no_text", "Bản quét, không có chữ: chỉ tìm được theo tên tệp"
    FAILED = "failed", "Không đọc được chữ trong tệp: chỉ tìm được theo tên tệp"


class SearchEntry(models.Model):
    """The words of one thing: an agenda item, a task, a file. Who may find it is asked of the thing.

    `kind` is a code of the app that keeps it, `organizations` the organisations it belongs to with all
    above them. `plain` and `search_text` are the same text, letter for letter.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.CharField("tên", max_length=300)
    url = models.CharField("địa chỉ", max_length=300)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    moment = models.DateTimeField("lúc", null=True, blank=True)
    organizations = ArrayField(models.BigIntegerField(), default=list, blank=True)
    reading = models.CharField("đọc tệp", max_length=8, choices=FileReading.choices, blank=True, default="")
    read_at = models.DateTimeField("đọc tệp lúc", null=True, blank=True)
    plain = models.TextField(blank=True, default="")
    search_title = models.CharField(max_length=300, editable=False, default="")
    search_text = models.TextField(editable=False, default="")
    search_marks = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_title", weight="A", config="simple")
        + SearchVector("search_text", weight="B", config="simple")
        + SearchVector("search_marks", weight="D", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "mục tìm kiếm"
        verbose_name_plural = "các mục tìm kiếm"
        ordering = ["kind", "object_id"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        indexes = [
            GinIndex("search_vector", name="search_entry_words"),
            GinIndex(TITLES, name="search_entry_titles"),
            models.Index("id", name="search_entry_unread", condition=models.Q(reading="pending")),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = nfc(self.title)[:300]
        self.plain = nfc(self.plain)
        self.search_title = search_key(self.title)
        self.search_text = search_key(self.plain)
        self.search_marks = " ".join(marked_syllables(f"{self.title} {self.plain}"))
        super().save(*args, **kwargs)

    @property
    def reading_note(self) -> str:
        """What a finder should know of a file: that only its name was looked at."""
        if self.reading in (FileReading.NO_TEXT, FileReading.FAILED):
            return str(FileReading(self.reading).label)
        return ""


class SearchSynonym(models.Model):
    """A short form and what it stands for; whoever types one finds the other."""

    short = NFCCharField("viết tắt", max_length=30, unique=True, help_text="Ví dụ: BCH, UBKT, đ/c.")
    long = NFCCharField("viết đủ", max_length=120, help_text="Ví dụ: Ban Chấp hành.")
    short_key = models.CharField(max_length=30, editable=False, default="")
    long_key = models.CharField(max_length=120, editable=False, default="")

    class Meta:
        verbose_name = "chữ viết tắt khi tìm kiếm"
        verbose_name_plural = "chữ viết tắt khi tìm kiếm"
        ordering = ["short"]

    def __str__(self) -> str:
        return f"{self.short} = {self.long}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.short_key = " ".join(search_key(nfc(self.short)).split())
        self.long_key = " ".join(search_key(nfc(self.long)).split())
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if not search_key(self.short).split() or not search_key(self.long).split():
            raise ValidationError("Cả hai ô phải có chữ hoặc số.")
