"""When the trail is looked at as a whole. Plain values only."""

from datetime import datetime, time, timedelta

CHECKED_AT = time(2)


def check_is_due(last: datetime | None, now: datetime) -> bool:
    """Every night at two, by the clock of `now`; at once where there was never a check, and after a night switched off."""
    tonight = datetime.combine(now.date(), CHECKED_AT, now.tzinfo)
    newest = tonight if tonight <= now else tonight - timedelta(days=1)
    return last is None or last < newest
