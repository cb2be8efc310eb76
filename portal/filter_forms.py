"""What the keeping of a filter takes from outside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import Resolver404, resolve

from portal.filters import narrowing
from portal.models.filters import SavedFilter


class SavedFilterForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SavedFilter
        fields = ["path", "query", "name"]
        error_messages = {"name": {"required": "Đặt cho bộ lọc một cái tên."}}

    def clean_path(self) -> Any:
        """Only a page of the portal: the saved filter leads back to it."""
        path = self.cleaned_data["path"]
        try:
            resolve(path)
        except Resolver404:
            raise forms.ValidationError("Không có danh sách nào ở địa chỉ này.") from None
        return path

    def clean_query(self) -> str:
        query = narrowing(QueryDict(self.cleaned_data["query"]))
        if not query:
            raise forms.ValidationError("Chọn điều kiện lọc trước khi lưu.")
        return query
