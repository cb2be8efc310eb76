from django.apps import AppConfig


class FaultsConfig(AppConfig):
    name = "faults"

    def ready(self) -> None:
        """The kind needs the models, which are loaded only now."""
        from letters import Plain  # noqa: PLC0415

        from portal import outbox  # noqa: PLC0415

        outbox.register(Plain())
