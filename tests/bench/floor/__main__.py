"""`python -m tests.bench.floor LOGS TOKEN`: make the table with so many logs of one owner's, then serve as the product is served."""

import os
import sys

import django
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.floor.settings"
django.setup()

from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from rest_framework.authtoken.models import Token

from practice.machine.children import GUNICORN_CONFIG
from tests.bench.floor.settings import SCHEMA

OWNERS = 500
FILL = """INSERT INTO floor_log (owner_id, uid, activity, started_at, minutes, effort, context, journal, share, created_at)
    SELECT (%s::bigint[])[1 + one %% %s], gen_random_uuid(), 'walk', now() - one * interval '1 minute', 25, '', '{}',
           'Went to the lock and back.', true, now() FROM generate_series(1, %s) AS one"""

application = get_wsgi_application()


@transaction.atomic
def make(logs: int, token: str) -> None:
    """The logs are spread over many owners, as in a practice."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
    call_command("migrate", run_syncdb=True, verbosity=0)
    owners = User.objects.bulk_create([User(username=f"owner-{one}") for one in range(OWNERS)])
    Token.objects.create(user=owners[0], key=token)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [[owner.pk for owner in owners], OWNERS, logs])


def main() -> None:
    make(int(sys.argv[1]), sys.argv[2])
    serving = ["-m", "gunicorn", "--config", str(GUNICORN_CONFIG), "tests.bench.floor.__main__:application"]
    os.execv(sys.executable, [sys.executable, *serving])  # noqa: S606 - no shell: ourselves, with no connection open


if __name__ == "__main__":
    main()
