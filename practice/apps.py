"""The ground floor's Django app."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = "Practice"

    def ready(self) -> None:
        from practice import checks, spectacular  # noqa: F401, PLC0415 - registers itself once the apps are loaded
        from practice.audit import contributions, signs  # noqa: PLC0415 - names models
        from practice.house import contributions as house  # noqa: PLC0415 - names models
        from practice.people import sign_ins  # noqa: PLC0415 - names models
        from practice.resources import contributions as resources  # noqa: PLC0415 - names models

        sign_ins.connect()
        signs.connect()
        contributions.register()
        house.register()
        resources.register()
