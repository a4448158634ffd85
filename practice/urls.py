"""One include per floor; the upper floors are named as strings."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from practice.house import views as house
from practice.jobs import api as jobs_api
from practice.machine import health
from practice.people import api as people_api
from practice.people import views as people
from practice.web import errors
from practice.web import views as web

api: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api_schema"), name="api_docs"),
    path("me/", people_api.Me.as_view(), name="api_me"),
    path("jobs/<uuid:uid>/", jobs_api.OneJob.as_view(), name="api_job"),
    path("", include("clients.api_urls")),
    path("", include("sessions.api_urls")),
    path("", include("practice.resources.api_urls")),
]

urlpatterns = [
    path("", people.home, name="home"),
    path("confirm/", people.confirm_sign_in, name="confirm_sign_in"),
    path("still-here/", people.still_here, name="still_here"),
    path("second-step/", people.second_step, name="second_step"),
    path("waiting/", people.waiting, name="waiting"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("help-now/", errors.help_now, name="help_now"),
    path("leaving/", house.about_exit, name="about_exit"),
    path("favicon.ico", web.favicon, name="favicon"),
    path("keys/", include("practice.people.keys.urls")),
    path("accounts/sessions/end/", people.end_device, name="end_device"),
    path("accounts/email/", people.own_email, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("people/", include("practice.people.staff.urls")),
    path("house/", include("practice.house.urls")),
    path("trail/", include("practice.audit.urls")),
    path("resources/", include("practice.resources.urls")),
    path("style/", include("practice.web.styleguide.urls")),
    path("api/v1/", include(api)),
    path("", include("clients.urls")),
    path("", include("sessions.urls")),
]

handler400 = "practice.web.errors.bad_request"
handler403 = "practice.web.errors.permission_denied"
handler404 = "practice.web.errors.page_not_found"
handler500 = "practice.web.errors.server_error"
