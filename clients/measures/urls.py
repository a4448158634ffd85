"""Pages of this room."""

from django.urls import path

from clients.measures.views import portal, staff, together

urlpatterns = [
    path("clients/<uuid:uid>/measures/", staff.client_measures, name="client_measures"),
    path("clients/<uuid:uid>/measures/plan/", staff.plan_measures, name="plan_measures"),
    path("clients/<uuid:uid>/measures/together/", together.begin_together, name="begin_together"),
    path("plans/<uuid:uid>/", staff.measure_plan, name="measure_plan"),
    path("plans/<uuid:uid>/pause/", staff.pause_measure_plan, name="pause_measure_plan"),
    path("plans/<uuid:uid>/resume/", staff.resume_measure_plan, name="resume_measure_plan"),
    path("plans/<uuid:uid>/end/", staff.end_measure_plan, name="end_measure_plan"),
    path("together/<uuid:uid>/", together.fill_in_together, name="fill_in_together"),
    path("my/check-ins/", portal.my_check_ins, name="my_check_ins"),
]
