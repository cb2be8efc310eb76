"""The admin with the editor in its forms."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from portal.richtext.pages import editor_page


class EditorAdmin(admin.ModelAdmin):
    """For admin classes whose form, or an inline of it, holds formatted text."""

    @method_decorator(editor_page)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)
