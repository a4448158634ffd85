"""What API endpoints share: who is asking, and the shape of an answer."""

from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django import forms
from django.db import models
from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from practice.audit.listing import note_page
from practice.database.once import looking_up_once
from practice.encryption import reading
from practice.people.acting import acting_as_nobody, become
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.forms import HIDDEN_CHARACTER, holds_a_hidden_character


class Endpoint(GenericAPIView[Any]):
    """Name `permissions` by HTTP method and the token `scope`; what is not named is refused.

    `fresh` names the methods that ask for a fresh sign-in, each with the scope that a token needs for it on top.
    """

    permissions: ClassVar[dict[str, Permission]] = {}
    scope: ClassVar[str] = ""
    fresh: ClassVar[dict[str, str]] = {}
    lookup_field = "uid"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """One transaction, with nobody acting until the gate has said who asks."""
        with acting_as_nobody(), looking_up_once(request.method):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        become(self.member, now=timezone.now())

    @property
    def member(self) -> Member:
        """The member who asks. The gate has let nobody else in."""
        member: Member = self.request.member  # type: ignore[attr-defined]
        return member

    def paginate_queryset(self, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """A page of the rows, told in the trail where they are of clients."""
        page = super().paginate_queryset(queryset, *args, **kwargs)
        kind = type(self).__name__.lower()
        note_page(kind, model=queryset.model, rows=page or [], by=self.member, at=timezone.now())
        return page

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """An answer with parts that would not open says which they are; words among them are null."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if (unread := reading.unread()) and isinstance(getattr(answer, "data", None), dict):
            answer.data["damaged"] = [{"field": one.field, "id": one.row} for one in unread]
        return answer

    def read(self, shape: type["In"], request: Request) -> dict[str, Any]:
        """The request's body in the given shape; raises ValidationError (400) naming each field."""
        body = shape(data=request.data)
        body.is_valid(raise_exception=True)
        values: dict[str, Any] = body.validated_data
        return values


class In(serializers.Serializer[Any]):
    """What a caller sends. A field we do not know is refused, so that a typing slip is not lost."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(map(str, data)) - set(self.fields))):
            raise serializers.ValidationError({name[:60]: ["Unknown field."] for name in unknown})
        return super().to_internal_value(data)


class PlainWords(serializers.CharField):
    """Text as the pages take it: surrounding blanks kept out, control characters refused with a sentence."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if holds_a_hidden_character(text):
            raise serializers.ValidationError(HIDDEN_CHARACTER, code="control")
        return text


def held_to(form: forms.Form) -> dict[str, Any]:
    """What was sent, held to what a page's form holds it to. Raises ValidationError (400) with the form's sentences."""
    if not form.is_valid():
        said = form.errors.get_json_data()
        raise serializers.ValidationError({name: [one["message"] for one in said[name]] for name in said})
    return form.cleaned_data


class Out(serializers.Serializer[Any]):
    """What a caller receives."""


class Problem(Out):
    """RFC 9457."""

    type = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()
    field = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)  # type: ignore[assignment] # declared fields leave the class


Row = TypeVar("Row", bound=models.Model)


def found(rows: models.QuerySet[Row], uid: UUID) -> Row:
    """The row with this public id among those that may be seen, or Http404."""
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row
