"""A job's progress, for the page that waits for it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from practice.jobs.models import Job
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission


@needs(Permission.READ_JOBS)
def progress(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The progress bar alone: htmx asks again until the job has ended."""
    job = get_object_or_404(Job.objects.visible_to(request.member), uid=uid)
    return render(request, "components/job_progress.html", {"job": job})
