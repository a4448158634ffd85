"""The people we care for."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "clients"
    verbose_name = "Clients"

    def ready(self) -> None:
        from clients import contributions, wall  # noqa: PLC0415 - needs the models

        contributions.register()
        wall.put_up()
