"""Pages of this room. The addresses say nothing about anybody."""

from django.urls import path

from clients.safety import views

urlpatterns = [
    path("clients/<uuid:uid>/hard-days/", views.safety_plan, name="safety_plan"),
    path("clients/<uuid:uid>/hard-days/write/", views.write_safety_plan, name="write_safety_plan"),
    path("clients/<uuid:uid>/hard-days/looked/", views.look_at_safety_plan, name="look_at_safety_plan"),
    path(
        "clients/<uuid:uid>/hard-days/<int:version>/", views.safety_plan_version, name="safety_plan_version"
    ),
    path("clients/<uuid:uid>/helpers/", views.first_aid, name="first_aid"),
    path("my/hard-days/", views.my_safety_plan, name="my_safety_plan"),
]
