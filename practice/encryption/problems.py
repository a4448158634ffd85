"""Why a sealed value cannot be read. No message holds a word of what was sealed."""


class Unreadable(Exception):
    """A sealed value that will not open; `table`, `field` and `row` say which, for whoever looks after the machine."""

    why = "cannot be opened"

    def __init__(self, table: str, field: str, row: str) -> None:
        super().__init__(f"{table}.{field} of row {row} {self.why}.")
        self.table, self.field, self.row = table, field, row


class Damaged(Unreadable):
    """The value was changed, cut, moved from another row or field, or its key is gone from the table of keys."""

    why = "is damaged"


class Erased(Unreadable):
    """The key was destroyed on purpose: nobody can read this again."""

    why = "was erased for good"


class KeyMissing(Exception):
    """A data key is wrapped by a key-encryption key that we were not given. Towpath does not start with this."""

    def __init__(self, kek: str) -> None:
        super().__init__(
            f"records are sealed with the key {kek}, which is neither in TOWPATH_KEY nor in TOWPATH_OLD_KEYS."
        )
        self.kek = kek
