"""Fields for uploads: one for models, one for forms, and the confirmation that goes with them."""

from typing import Any

from django import forms
from django.core.files import File
from django.db import models

from portal.files.checks import EMPTY, accepted
from portal.files.types import Kind, endings

KINDS: tuple[Kind, ...] = ("document",)


class PlainUploadFormField(forms.FileField):
    """Takes any file there is something in; an action looks into it. What is stored is not named here."""

    widget = forms.FileInput
    default_error_messages = {"empty": EMPTY, "required": "Chưa chọn tệp.", "missing": "Chưa chọn tệp."}


class UploadFormField(PlainUploadFormField):
    """Takes a file that passed every check; a picture comes out written anew."""

    def __init__(self, *, kinds: tuple[Kind, ...] = KINDS, **kwargs: Any) -> None:
        self.kinds = kinds
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        # What is stored already was checked when it came in.
        if not isinstance(data, File) or file is not data:
            return file
        return accepted(file, kinds=self.kinds)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accept = ",".join(f".{name}" for name in endings(self.kinds))
        return super().widget_attrs(widget) | {"accept": accept}


class UploadField(models.FileField):
    """A stored upload whose every form, the admin's too, checks it."""

    def __init__(self, *args: Any, kinds: tuple[Kind, ...] = KINDS, **kwargs: Any) -> None:
        self.kinds = kinds
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({} if self.kinds == KINDS else {"kinds": self.kinds})

    def formfield(self, **kwargs: Any) -> Any:
        asked: dict[str, Any] = {"form_class": UploadFormField, "kinds": self.kinds}
        return super().formfield(**(asked | kwargs))


class NoStateSecretField(forms.BooleanField):
    """The confirmation each upload asks for (law 117/2025: no state secrets on a connected network)."""

    def __init__(self, **kwargs: Any) -> None:
        texts = {
            "label": "Tôi xác nhận tài liệu không chứa bí mật nhà nước",
            "error_messages": {"required": "Hãy xác nhận tài liệu không chứa bí mật nhà nước."},
        }
        super().__init__(**(texts | kwargs))
