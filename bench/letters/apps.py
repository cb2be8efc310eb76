from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "bench.letters"
    label = "bench_letters"

    def ready(self) -> None:
        """The kind needs the models, which are loaded only now."""
        from bench.letters.kind import Invitation  # noqa: PLC0415
        from portal import outbox  # noqa: PLC0415

        outbox.register(Invitation())
