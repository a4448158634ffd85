"""What this practice has on its shelf: asked by `clients.instruments`, which knows no database."""

from collections.abc import Mapping, Sequence
from typing import Any


class PracticeShelf:
    """The rows of `PracticeInstrument`, as the questionnaires' own room wants to hear of them."""

    def in_use(self) -> Sequence[tuple[str, Mapping[str, Any] | None]]:
        """(key, its file; None for one of ours that is switched on), the first taken into use first. One query."""
        from clients.questionnaires.models import PracticeInstrument  # noqa: PLC0415 - apps must be ready first

        rows = PracticeInstrument.objects.in_use().order_by("taken_at", "pk")
        return list(rows.values_list("key", "content"))

    def find(self, key: str) -> Mapping[str, Any] | None:
        """The newest file of this key, in use or not any more. One query."""
        from clients.questionnaires.models import PracticeInstrument  # noqa: PLC0415 - apps must be ready first

        rows = PracticeInstrument.objects.filter(key=key, content__isnull=False).order_by("-pk")
        return rows.values_list("content", flat=True).first()


SHELF = PracticeShelf()
