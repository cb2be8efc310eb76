from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Tin tức"

    def ready(self) -> None:
        # Models exist only now. The edition is renewed when a category changes.
        import news.edition  # noqa: F401, PLC0415
        import news.search  # noqa: F401, PLC0415
        from news.digest_letters import DigestNotice  # noqa: PLC0415
        from news.models import Article  # noqa: PLC0415
        from news.notices import KINDS  # noqa: PLC0415
        from news.permissions import can_write_news  # noqa: PLC0415
        from news.reading_notices import KINDS as READING_KINDS  # noqa: PLC0415
        from news.upkeep_notices import ReviewDue  # noqa: PLC0415
        from portal import offline, outbox, richtext  # noqa: PLC0415

        for kind in (*KINDS, *READING_KINDS, DigestNotice, ReviewDue):
            outbox.register(kind())
        richtext.allow_upload(can_write_news)
        offline.know_texts(Article.objects.still_read_by)
