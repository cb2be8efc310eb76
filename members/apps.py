from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Tổ chức và đảng viên"

    def ready(self) -> None:
        # Connects the receiver that drops the cached committee; models exist only now.
        import members.owning_committee  # noqa: F401, PLC0415
