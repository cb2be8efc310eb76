"""Who reads an agenda: three audiences, told apart by who one is to the conference (P29)."""

from __future__ import annotations

from django.db import models


class AgendaAudience(models.TextChoices):
    """Each sees what the one below it sees, and more."""

    PREPARING = "preparing", "chuẩn bị, chủ trì, ghi biên bản"
    OFFICIAL = "official", "đại biểu chính thức"
    INVITED = "invited", "đại biểu mời dự"
