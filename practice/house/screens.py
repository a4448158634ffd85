"""What pages say about the practice."""

from practice.people.models import Practice


def response_words() -> str:
    """The owner's sentence about who reads answers and by when; "" where there is none yet."""
    return Practice.objects.values_list("response_words", flat=True).first() or ""
