"""Pages of this room."""

from django.urls import path

from clients.consents.views import own, practice, staff

urlpatterns = [
    path("my/agreements/", own.my_agreements, name="my_agreements"),
    path("my/agreements/sharing/", own.my_sharing, name="my_sharing"),
    path("my/agreements/moving/", own.my_agreement, name="my_agreement"),
    path("my/agreements/moving/<int:number>/", own.my_point, name="my_point"),
    path("my/agreements/moving/sign/", own.sign_agreement, name="sign_agreement"),
    path("my/agreements/moving/take-back/", own.withdraw_agreement, name="withdraw_agreement"),
    path("my/agreements/copies/<uuid:uid>/", own.my_signed_copy, name="my_signed_copy"),
    path("clients/<uuid:uid>/agreements/", staff.client_agreements, name="client_agreements"),
    path("clients/<uuid:uid>/agreements/ask/", staff.ask_to_sign, name="ask_to_sign"),
    path("clients/<uuid:uid>/agreements/in-person/", staff.sign_in_person, name="sign_in_person"),
    path("clients/<uuid:uid>/agreements/allow/", staff.allow_in_person, name="allow_in_person"),
    path("clients/<uuid:uid>/agreements/take-back/", staff.note_withdrawal, name="note_withdrawal"),
    path("clients/<uuid:uid>/agreements/<uuid:copy>/", staff.signed_copy, name="signed_copy"),
    path("practice/agreements/", practice.agreements, name="agreements"),
    path("practice/agreements/edit/", practice.edit_agreement, name="edit_agreement"),
    path("practice/agreements/changes/", practice.agreement_changes, name="agreement_changes"),
    path("practice/agreements/publish/", practice.publish_agreement, name="publish_agreement"),
    path("practice/agreements/drop/", practice.drop_agreement_draft, name="drop_agreement_draft"),
    path("practice/agreements/rule/", practice.set_agreement_rule, name="set_agreement_rule"),
    path("practice/agreements/<int:number>/", practice.agreement_version, name="agreement_version"),
]
