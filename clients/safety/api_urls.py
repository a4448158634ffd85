"""Endpoints of this room."""

from django.urls import path

from clients.safety import api

urlpatterns = [
    path("clients/<uuid:uid>/safety-plan/", api.Plan.as_view(), name="api_safety_plan"),
    path(
        "clients/<uuid:uid>/safety-plan/looked/", api.LookedAtPlan.as_view(), name="api_look_at_safety_plan"
    ),
    path("clients/<uuid:uid>/helpers/", api.FirstAid.as_view(), name="api_first_aid"),
    path(
        "clients/<uuid:uid>/safety-plan/<int:version>/",
        api.PlanVersion.as_view(),
        name="api_safety_plan_version",
    ),
]
