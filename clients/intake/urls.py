"""Pages of this room."""

from django.urls import path

from clients.intake.views import portal, resuming, staff

urlpatterns = [
    path("clients/<uuid:uid>/told/", staff.client_told, name="client_told"),
    path("my/questions/<uuid:uid>/<slug:section>/<int:number>/", portal.my_section, name="my_section"),
    path("resume/", resuming.resume, name="resume"),
    path("resume/asked/", resuming.resume_asked, name="resume_asked"),
    path("resume/saved/", resuming.resume_saved, name="resume_saved"),
    path("resume/<str:token>/", resuming.open_resume_link, name="open_resume_link"),
]
