"""Pages of this room."""

from django.urls import path

from sessions.routes import views

urlpatterns = [
    path("", views.routes, name="routes"),
    path("import/", views.import_route, name="import_route"),
    path("<uuid:uid>/", views.route, name="route"),
    path("<uuid:uid>/edit/", views.edit_route, name="edit_route"),
    path("<uuid:uid>/archive/", views.archive_route, name="archive_route"),
    path("<uuid:uid>/restore/", views.restore_route, name="restore_route"),
]
