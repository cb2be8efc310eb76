from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Tổ chức và đảng viên"

    def ready(self) -> None:
        # Models exist only now; the first imports connect what drops the cached figures and committee.
        import members.edition  # noqa: F401, PLC0415
        import members.owning_committee  # noqa: F401, PLC0415
        import members.search  # noqa: F401, PLC0415
        from members.notices import KINDS  # noqa: PLC0415
        from portal import outbox  # noqa: PLC0415

        for kind in KINDS:
            outbox.register(kind())
