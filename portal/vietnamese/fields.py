"""Model fields whose text is in normal form whichever way it comes in: form, bulk write or lookup."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from portal.vietnamese.text import nfc

if TYPE_CHECKING:
    # Only the stubs know these parameters; without them the type of every name would be Any.
    BaseField = models.Field[str, str]
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
else:
    BaseField, CharField, TextField = models.Field, models.CharField, models.TextField


class NFCFormField(forms.CharField):
    """Normalises before any length is measured: "Nguyễn" is 6 letters, not the 8 of a Mac's file name."""

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str | None:
        if isinstance(value, str):
            value = nfc(value, multiline=self.multiline)
        return super().to_python(value)


class _Normalised(BaseField):
    multiline = False

    def to_python(self, value: Any) -> Any:
        return self._normalised(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return self._normalised(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Give the instance what the row will hold, so that the two never differ."""
        value = self._normalised(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def _normalised(self, value: Any) -> Any:
        return nfc(value, multiline=self.multiline) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        # A field with choices builds its own class of form field, which knows no lines.
        if self.choices is None:
            kwargs = {"form_class": NFCFormField, "multiline": self.multiline} | kwargs
        return super().formfield(**kwargs)


class NFCCharField(_Normalised, CharField):
    """One line of text."""


class NFCTextField(_Normalised, TextField):
    """Several lines of text: each is cleaned, the breaks between them stay."""

    multiline = True
