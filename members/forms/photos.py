"""The portrait of a record, chosen from the disk."""

from __future__ import annotations

from django import forms

from portal.files.fields import PlainUploadFormField


class PhotoForm(forms.Form):
    picture = PlainUploadFormField(
        label="Ảnh 3×4",
        help_text="Tệp .jpg, .png hoặc .webp. Cổng cắt giữa ảnh theo khổ 3×4, bỏ nơi chụp và máy chụp.",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )
