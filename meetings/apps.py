from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Hội nghị"

    def ready(self) -> None:
        # Models exist only now. The sources of the search register themselves.
        import meetings.search  # noqa: F401, PLC0415
        from meetings import (  # noqa: PLC0415
            notices,
            paper_notices,
            schedule_notices,
            stand_in_notices,
            task_notices,
        )
        from meetings.news_records import conferences_of, records_of_conference  # noqa: PLC0415
        from meetings.papers_at_hand import papers_at_hand  # noqa: PLC0415
        from meetings.permissions import writes_minutes_now  # noqa: PLC0415
        from news import checking, related  # noqa: PLC0415
        from portal import offline, outbox, richtext  # noqa: PLC0415

        for words in (notices, task_notices, paper_notices, schedule_notices, stand_in_notices):
            for kind in words.KINDS:
                outbox.register(kind())
        richtext.allow_upload(writes_minutes_now)
        checking.know(records_of_conference)
        related.know("meetings", conferences_of)
        offline.know_files(papers_at_hand)
