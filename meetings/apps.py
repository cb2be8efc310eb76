from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Hội nghị"

    def ready(self) -> None:
        # Models exist only now. The sources of the search register themselves.
        import meetings.search  # noqa: F401, PLC0415
        from meetings import notices, paper_notices, schedule_notices, task_notices  # noqa: PLC0415
        from meetings.news_records import records_of_conference  # noqa: PLC0415
        from meetings.permissions import writes_minutes_now  # noqa: PLC0415
        from news import checking  # noqa: PLC0415
        from portal import outbox, richtext  # noqa: PLC0415

        for kind in (*notices.KINDS, *task_notices.KINDS, *paper_notices.KINDS, *schedule_notices.KINDS):
            outbox.register(kind())
        richtext.allow_upload(writes_minutes_now)
        checking.know(records_of_conference)
