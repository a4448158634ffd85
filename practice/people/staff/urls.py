"""Pages about the people of the practice."""

from django.urls import path

from practice.people.staff import views

urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.invite_member, name="invite_member"),
    path("<uuid:uid>/", views.member, name="member"),
    path("<uuid:uid>/rights/", views.change_rights, name="change_rights"),
    path("<uuid:uid>/deactivate/", views.deactivate_member, name="deactivate_member"),
    path("<uuid:uid>/reactivate/", views.reactivate_member, name="reactivate_member"),
    path("<uuid:uid>/second-step/", views.reset_second_factor, name="reset_second_factor"),
    path("<uuid:uid>/letter/", views.send_letter, name="send_member_letter"),
]
