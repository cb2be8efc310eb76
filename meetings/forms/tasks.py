"""What is typed about a task."""

from django import forms

from portal.vietnamese.fields import NFCFormField


class TaskReportForm(forms.Form):
    text = NFCFormField(
        label="Kết quả, tiến độ", max_length=4000, multiline=True, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_finished = forms.BooleanField(label="Đã hoàn thành, đề nghị Văn phòng kiểm tra", required=False)


class TaskReturnForm(forms.Form):
    reason = NFCFormField(
        label="Cần làm thêm gì", max_length=1000, multiline=True, widget=forms.Textarea(attrs={"rows": 3})
    )
