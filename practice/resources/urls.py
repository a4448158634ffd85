"""Pages of this room."""

from django.urls import path

from practice.resources import views

urlpatterns = [
    path("", views.resources, name="resources"),
    path("add/", views.add_resource, name="add_resource"),
    path("list/", views.print_resources, name="print_resources"),
    path("help-page/", views.write_help_page, name="write_help_page"),
    path("<uuid:uid>/edit/", views.edit_resource, name="edit_resource"),
    path("<uuid:uid>/confirm/", views.confirm_resource, name="confirm_resource"),
    path("<uuid:uid>/archive/", views.archive_resource, name="archive_resource"),
    path("<uuid:uid>/restore/", views.restore_resource, name="restore_resource"),
]
