"""Endpoints of this room."""

from django.urls import path

from clients.measures import api

urlpatterns = [
    path("measures/", api.Measures.as_view(), name="api_measures"),
    path("measure-plans/", api.Plans.as_view(), name="api_measure_plans"),
    path("measure-plans/<uuid:uid>/", api.OnePlan.as_view(), name="api_measure_plan"),
    path("measure-plans/<uuid:uid>/pause/", api.PausePlan.as_view(), name="api_pause_measure_plan"),
    path("measure-plans/<uuid:uid>/resume/", api.ResumePlan.as_view(), name="api_resume_measure_plan"),
    path("measure-plans/<uuid:uid>/end/", api.EndPlan.as_view(), name="api_end_measure_plan"),
    path("screenings/<uuid:uid>/together/", api.Together.as_view(), name="api_together"),
]
