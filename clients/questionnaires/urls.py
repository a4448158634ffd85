"""Pages of this room."""

from django.urls import path

from clients.questionnaires.views import keeping, results

urlpatterns = [
    path("practice/instruments/", keeping.instruments, name="instruments"),
    path("practice/instruments/add/", keeping.add_instrument, name="add_instrument"),
    path("practice/instruments/<slug:which>/", keeping.instrument, name="instrument"),
    path("practice/instruments/<slug:which>/on/", keeping.switch_on_instrument, name="switch_on_instrument"),
    path("practice/instruments/<slug:which>/away/", keeping.put_away_instrument, name="put_away_instrument"),
    path("clients/<uuid:uid>/results/", results.outside_results, name="outside_results"),
    path("clients/<uuid:uid>/results/enter/", results.enter_result, name="enter_result"),
    path("results/<uuid:uid>/strike/", results.strike_result, name="strike_result"),
]
