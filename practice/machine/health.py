"""What a monitor asks: is the process alive, and is the whole able to work?"""

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practice.encryption.starting import why_records_stay_shut
from practice.jobs.models import WorkerHeartbeat

GOOD = "ok"
WORKER_IS_LATE_AFTER = timedelta(seconds=60)
LEAST_FREE_BYTES = 200 * 1024 * 1024


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; asks nothing of anybody else."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything a day's work needs is there, else 503; each part says `ok` or what is wrong, and no more."""
    parts = {name: _asked(question) for name, question in QUESTIONS.items()}
    ready = all(answer == GOOD for answer in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _asked(question: Callable[[], str]) -> str:
    try:
        return question()
    except (DatabaseError, OSError):
        return "no answer"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return GOOD


def migrations() -> str:
    executor = MigrationExecutor(connection)
    return "not all applied" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else GOOD


def keys() -> str:
    return "missing" if why_records_stay_shut() else GOOD


def worker() -> str:
    since = timezone.now() - WORKER_IS_LATE_AFTER
    return GOOD if WorkerHeartbeat.objects.filter(beat_at__gte=since).exists() else "late"


def disk() -> str:
    return GOOD if shutil.disk_usage(settings.TOWPATH_HOME).free >= LEAST_FREE_BYTES else "nearly full"


QUESTIONS = {"database": database, "migrations": migrations, "keys": keys, "worker": worker, "disk": disk}
