"""The admin with the editor in its forms."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from portal.richtext.pages import editor_page

if TYPE_CHECKING:
    # Only the stubs know the parameter.
    ModelAdmin = admin.ModelAdmin[Model]
else:
    ModelAdmin = admin.ModelAdmin


class EditorAdmin(ModelAdmin):
    """For admin classes whose form, or an inline of it, holds formatted text."""

    @method_decorator(editor_page)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)
