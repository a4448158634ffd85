"""Small public things every site has."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask before they read the page."""
    return redirect(static("icons/favicon.svg"), permanent=True)
