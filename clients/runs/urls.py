"""Pages of this room: under /my/log/ a client's own, under /clients/ the care team's."""

from django.urls import path

from clients.runs.views import own, staff

urlpatterns = [
    path("my/log/", own.portal_log, name="portal_log"),
    path("my/log/before/", own.heading_out_page, name="heading_out"),
    path("my/log/<uuid:uid>/", own.portal_run, name="portal_run"),
    path("my/log/<uuid:uid>/saved/", own.portal_saved, name="portal_saved"),
    path("my/log/<uuid:uid>/remove/", own.remove_run, name="remove_run"),
    path("clients/<uuid:uid>/runs/", staff.client_runs, name="client_runs"),
    path("clients/<uuid:uid>/runs/new/", staff.log_for_client, name="log_for_client"),
    path("clients/<uuid:uid>/runs/<uuid:run_uid>/", staff.client_run, name="client_run"),
    path("clients/<uuid:uid>/runs/<uuid:run_uid>/remove/", staff.remove_client_run, name="remove_client_run"),
]
