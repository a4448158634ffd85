"""What a bad disk does to a sealed value."""

from django.db import connection


def damage(table: str, column: str, row: int | None = None) -> None:
    """Change one byte of a sealed value: of this row, else of the newest."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = set_byte({column}, length({column}) - 1, "  # noqa: S608 - names that a test writes
            f"get_byte({column}, length({column}) - 1) # 1) WHERE id = coalesce(%s, (SELECT max(id) FROM {table}))",
            [row],
        )
