"""The door gunicorn knocks at. Everything a first request would load is loaded here, before any request waits for it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practice.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()

from practice.encryption.starting import refuse_to_start_without_keys
from practice.resources.publishing import redraw_page

refuse_to_start_without_keys()
redraw_page()
get_resolver()._populate()
