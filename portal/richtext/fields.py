"""The field for formatted text. CKEditor is named here and in the settings only (ADR 0005)."""

from typing import TYPE_CHECKING, Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from portal.richtext.bounds import is_bounded
from portal.richtext.sanitiser import clean, is_empty


def _without_emptiness(html: str) -> str:
    """Cleaned, and nothing at all where the editor sends `<p>&nbsp;</p>`."""
    return "" if is_empty(html) else clean(html)


if TYPE_CHECKING:
    # Only the stubs know these parameters.
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


class RichTextWidget(CKEditorWidget):  # type: ignore[misc]
    """CKEditor as `CKEDITOR_CONFIGS` locks it down, with our own way of putting pictures in."""

    @property
    def media(self) -> forms.Media:
        # The editor's file named once more, so that ours comes after it: it registers a plugin.
        own: forms.Media = super().media + forms.Media(
            css={"all": ["css/richtext.css"]}, js=["ckeditor/ckeditor/ckeditor.js", "js/richtext.js"]
        )
        return own

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # The editor asks for the active language, and there is none inside `deactivate_all`.
        with translation.override(translation.get_language() or "vi"):
            context: dict[str, Any] = super().get_context(name, value, attrs)
        return context


class DeferredEditor(forms.Textarea):
    """A plain box that a page's script turns into an editor when it is needed (`raiseEditor`).

    The page says once, in `data-editor`, what `editor_settings` gives.
    """

    @property
    def media(self) -> forms.Media:
        return RichTextWidget().media


def editor_settings(config: str) -> str:
    """The settings of that name as JSON, for the script that raises editors."""
    settings: str = RichTextWidget(config).get_context("", "", {})["widget"]["config"]
    return settings


class RichTextFormField(forms.CharField):
    """Cleans what comes in, and what goes into the editor too: old rows meet the rules of today."""

    widget = RichTextWidget

    def to_python(self, value: Any) -> str:
        html = super().to_python(value) or ""
        if not is_bounded(html):
            raise ValidationError("Nội dung quá dài hoặc quá nhiều lớp định dạng. Hãy chia thành nhiều phần.")
        return _without_emptiness(html)

    def prepare_value(self, value: Any) -> Any:
        return clean(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _without_emptiness(initial or "") != _without_emptiness(data or "")


class RichTextField(TextField):
    """Formatted text, cleaned on every way into the database: save, bulk_create, update."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _cleaned(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Give the instance what the row will hold, so that the two never differ."""
        value = _cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        # Last word on the widget: the admin would put its plain text area here.
        return super().formfield(**(kwargs | {"form_class": RichTextFormField, "widget": RichTextWidget}))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_readers()]

    def _check_readers(self) -> list[checks.CheckMessage]:
        """Pictures in the text are read by those who may read its owner, so the owner must say who."""
        if hasattr(self.model._default_manager, "visible_to"):
            return []
        return [
            checks.Error(
                f"{self.model.__name__} has formatted text but no `objects.visible_to(user)`.",
                hint="portal.views.images asks it before it serves a picture of the text.",
                obj=self,
                id="portal.richtext.E001",
            )
        ]


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value
