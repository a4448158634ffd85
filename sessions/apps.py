"""The work together."""

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "therapy_sessions"  # Django owns the label "sessions"
    verbose_name = "Sessions"

    def ready(self) -> None:
        from sessions import contributions, wall  # noqa: PLC0415 - needs the models

        contributions.register()
        wall.put_up()
