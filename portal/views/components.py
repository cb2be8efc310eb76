"""The pattern page: every part of the look once, for those who build pages. Only with DEBUG."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.files.fields import UploadFormField
from portal.forms import DateField, DateTimeField
from portal.states import SHAPES


class ExampleForm(forms.Form):
    title = forms.CharField(label="Tên hội nghị", max_length=200)
    starts_at = DateTimeField(label="Giờ bắt đầu", help_text="Ví dụ: 26/9/2024 và 14:00")
    answer_until = DateField(label="Trả lời trước ngày", required=False)
    room = forms.ChoiceField(label="Phòng họp", choices=[("1", "Hội trường tầng 2 (250 chỗ)")])
    answer = forms.ChoiceField(
        label="Đồng chí trả lời",
        choices=[("yes", "Tôi sẽ dự"), ("no", "Xin vắng, có lý do")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do vắng", help_text="Ghi vào biên bản", widget=forms.Textarea(attrs={"rows": 2})
    )
    paper = UploadFormField(label="Tài liệu", help_text="PDF, Word, Excel, PowerPoint không quá 20 MB.")
    no_secret = forms.BooleanField(label="Tôi xác nhận tệp này không chứa bí mật nhà nước")


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    wrong = ExampleForm({"title": "Hội nghị Ban Chấp hành lần thứ 20 (mở rộng)", "starts_at_0": "31/2/2024"})
    conference = timezone.make_aware(datetime.datetime(2024, 9, 26, 14))
    context = {"form": wrong, "shapes": SHAPES.items(), "conference": conference}
    return render(request, "components.html", context)
