"""Create a log, list the newest: REST framework's own serializer, view, token and cursor pages."""

from typing import Any, ClassVar

from django.urls import path
from rest_framework import generics, pagination, serializers

from tests.bench.floor.models import Log


class LogSerializer(serializers.ModelSerializer[Log]):
    class Meta:
        model = Log
        exclude: ClassVar = ["owner"]


class Newest(pagination.CursorPagination):
    ordering = "-started_at"
    page_size_query_param = "page_size"


class Logs(generics.ListCreateAPIView[Log]):
    serializer_class = LogSerializer
    pagination_class = Newest

    def get_queryset(self) -> Any:
        return Log._default_manager.filter(owner=self.request.user)

    def perform_create(self, serializer: Any) -> None:
        serializer.save(owner=self.request.user)


urlpatterns = [path("logs/", Logs.as_view())]
