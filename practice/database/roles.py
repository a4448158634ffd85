"""Two roles in the database: one owns the tables and changes their shape, the other is all that the product runs as.

The wall of row-level security stands before the second one only. `DATABASE_URL` names it, `DATABASE_OWNER_URL` the owner.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, connections

APP_ROLE = str(settings.DATABASES["default"]["USER"])
"""Read once: `as_owner` changes the settings of the connection."""


def app_role() -> str:
    """The name of the role that the product runs as."""
    return APP_ROLE


def owner_role() -> str:
    """The name of the role that owns the tables; the app's own where DATABASE_OWNER_URL is not set."""
    return str(settings.DATABASE_OWNER["USER"]) if settings.DATABASE_OWNER else APP_ROLE


@contextmanager
def as_owner() -> Iterator[None]:
    """For the length of the block the default connection is the table owner's. Nothing may be under way on it."""
    if not settings.DATABASE_OWNER:
        yield
        return
    before = sign_in_as(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        sign_in_as(before)


def sign_in_as(role: Mapping[str, Any]) -> dict[str, Any]:
    """Close what is open and sign in as this USER with this PASSWORD from now on; who it was before."""
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined] # PostgreSQL has pools
    connection.settings_dict.update({key: role[key] for key in before})
    return before


def tell_app_role(cursor: Any) -> None:
    """Let the app's role read and write the rows of every table that the owner makes from now on.

    A migration takes back what a table must not allow, such as changing a line of the trail.
    """
    app, owner = connection.ops.quote_name(app_role()), connection.ops.quote_name(owner_role())
    ours = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    cursor.execute(f"{ours} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}")
    cursor.execute(f"{ours} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {app}")


def tell_app_role_of_older_tables(cursor: Any) -> None:
    """The same for tables that were there before there were two roles; once, so that nothing taken back returns."""
    cursor.execute(
        "SELECT to_regclass('django_migrations') IS NOT NULL"
        " AND NOT has_table_privilege(%s, 'django_migrations', 'SELECT')",
        [app_role()],
    )
    if cursor.fetchone()[0]:
        app = connection.ops.quote_name(app_role())
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}")
        cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {app}")


def why_the_wall_does_not_stand(cursor: Any) -> str:
    """What lets the app's role past the wall, "" when nothing does. Asked as the owner or as the app."""
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT FROM pg_class WHERE relname = 'django_migrations'"
        " AND relowner = pg_roles.oid) FROM pg_roles WHERE rolname = %s",
        [app_role()],
    )
    passes, owns = cursor.fetchone() or (False, False)
    if passes:
        return f"the database role {app_role()} is a superuser or bypasses row-level security"
    return f"the database role {app_role()} owns the tables" if owns else ""
