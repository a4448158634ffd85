"""Pages of this room."""

from django.urls import path

from clients.lifecycle.views import erasing, exporting, keeping, moving

urlpatterns = [
    path("clients/<uuid:uid>/export/", exporting.export_client, name="export_client"),
    path("clients/<uuid:uid>/export/ask/", exporting.ask_export, name="ask_export"),
    path("my/export/", exporting.my_export, name="my_export"),
    path("my/export/ask/", exporting.ask_my_export, name="ask_my_export"),
    path("exports/<uuid:uid>/", exporting.export_file, name="export_file"),
    path("exports/<uuid:uid>/progress/", exporting.export_progress, name="export_progress"),
    path("exports/<uuid:uid>/take/", exporting.take_export, name="take_export"),
    path("practice/export/", moving.export_practice, name="export_practice"),
    path("practice/export/ask/", moving.ask_practice_export, name="ask_practice_export"),
    path("practice/export/<uuid:uid>/", moving.confirm_practice_export, name="confirm_practice_export"),
    path(
        "practice/export/<uuid:uid>/release/", moving.release_practice_export, name="release_practice_export"
    ),
    path("clients/<uuid:uid>/erase/", erasing.erase_client, name="erase_client"),
    path("clients/<uuid:uid>/erase/ask/", erasing.ask_erasure, name="ask_erasure"),
    path("erasures/<uuid:uid>/confirm/", erasing.confirm_erasure, name="confirm_erasure"),
    path("erasures/<uuid:uid>/withdraw/", erasing.withdraw_erasure, name="withdraw_erasure"),
    path("clients/<uuid:uid>/hold/", erasing.set_hold, name="set_hold"),
    path("holds/<uuid:uid>/lift/", erasing.lift_hold, name="lift_hold"),
    path("practice/retention/", keeping.retention, name="retention"),
    path("practice/retention/policy/", keeping.set_retention, name="set_retention"),
    path("practice/retention/erased/", keeping.disposals, name="disposals"),
]
