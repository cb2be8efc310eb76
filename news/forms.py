"""The forms of the newsroom. They validate; the actions write."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone

from members.models import PartyOrganization, User
from members.roles import Role
from news.models import Article, ArticleState, Attachment, Category, DigestRhythm, Directive, Photo
from news.models.upkeep import MOST_MONTHS
from portal.files.fields import PlainUploadFormField
from portal.forms import DateField, DateTimeField, LongSelect
from portal.richtext import RichTextFormField
from portal.vietnamese.fields import NFCFormField

READERS = [(True, "Cho toàn đảng bộ"), (False, "Chỉ cho các tổ chức được chọn dưới đây")]


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(PlainUploadFormField):
    """Any number of files at once, as a list; the action looks into them."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in chosen if file]


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Text, readers, picture and files of an item, saved together so that no half of it is lost."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    is_for_all = forms.TypedChoiceField(
        label="Ai được đọc",
        choices=READERS,
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        initial=True,
    )
    organizations = forms.ModelMultipleChoiceField(
        label="Các tổ chức được đọc",
        queryset=PartyOrganization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
        help_text="Tổ chức được chọn và các tổ chức bên dưới.",
    )
    cover = PlainUploadFormField(
        label="Ảnh",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        help_text="Ảnh .jpg, .png hoặc .webp, không quá 10 MB. Chọn ảnh khác thì ảnh cũ được thay.",
    )
    without_cover = forms.BooleanField(label="Bỏ ảnh đang có", required=False)
    attached = SeveralFilesField(
        label="Thêm tệp",
        required=False,
        help_text="PDF, Word, Excel, PowerPoint hoặc ảnh. Chọn được nhiều tệp một lần.",
    )
    no_state_secret = forms.BooleanField(
        label="Tôi xác nhận các tệp thêm vào không chứa bí mật nhà nước", required=False
    )
    removed = forms.ModelMultipleChoiceField(
        label="Bỏ các tệp này",
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    correction = NFCFormField(
        label="Đã sửa gì",
        required=False,
        max_length=250,
        help_text="Người đọc thấy câu này cùng giờ sửa, ví dụ: Sửa số đảng viên mới từ 115 thành 116.",
    )

    TEXT: ClassVar[list[str]] = ["title", "category", "lead", "body"]
    PICTURE: ClassVar[list[str]] = ["cover_alt", "cover_caption", "cover_credit", "cover_focus"]
    SIGNATURE: ClassVar[list[str]] = ["byline", "source"]

    field_order = [
        *TEXT,
        "cover",
        "without_cover",
        *PICTURE,
        "attached",
        "no_state_secret",
        "removed",
        "is_for_all",
        "organizations",
        *SIGNATURE,
        "correction",
        "version",
    ]

    class Meta:
        model = Article
        fields: ClassVar = [
            "title",
            "category",
            "lead",
            "body",
            "cover_alt",
            "cover_caption",
            "cover_credit",
            "cover_focus",
            "byline",
            "source",
        ]
        help_texts: ClassVar = {
            "lead": "Một hai câu: khi nào, ở đâu, ai chủ trì, việc gì. Hiện ở trang chủ và danh sách tin.",
            "cover_alt": "Tả điều nhìn thấy trong ảnh. Bắt buộc khi có ảnh.",
            "cover_caption": "Hiện dưới ảnh, ví dụ: Quang cảnh Hội nghị.",
            "cover_focus": "Ảnh nhỏ ở danh sách được cắt quanh chỗ này.",
            "byline": "Ký dưới bài. Để trống thì ghi tên người viết.",
        }
        widgets: ClassVar = {"lead": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance.audience_organizations.all() if self.instance.pk else None
        offered = PartyOrganization.objects.on(timezone.localdate()).grassroots()
        if chosen is not None:
            offered = offered | PartyOrganization.objects.filter(pk__in=chosen.values("pk"))
            self.initial.update(organizations=chosen, version=self.instance.version)
            self.initial["is_for_all"] = self.instance.is_for_all
            self.fields["removed"].queryset = self.instance.attachments.all()  # type: ignore[attr-defined]
        self.fields["organizations"].queryset = offered.in_tree_order()  # type: ignore[attr-defined]
        self.fields["category"].empty_label = "Chọn chuyên mục"  # type: ignore[attr-defined]
        if not (self.instance.pk and self.instance.cover):
            del self.fields["without_cover"]
        if not (self.instance.pk and self.instance.attachments.exists()):
            del self.fields["removed"]

        if self.instance.state != ArticleState.PUBLISHED:
            del self.fields["correction"]
        self.fields["cover_focus"].required = False

    def clean_cover_focus(self) -> str:
        """Not asked where there is no picture; what was chosen once stays."""
        chosen: str = self.cleaned_data["cover_focus"] or self.instance.cover_focus
        return chosen

    def values(self) -> dict[str, Any]:
        """The fields of the article itself, as `actions.edit` takes them."""
        names = [*self.TEXT, *self.PICTURE, *self.SIGNATURE, "is_for_all"]
        return {name: self.cleaned_data[name] for name in names}

    def around(self) -> dict[str, Any]:
        """Readers, picture and files: what goes with the text in the same action."""
        names = ["organizations", "cover", "attached", "no_state_secret"]
        return {name: self.cleaned_data[name] for name in names}


class PhotoForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of a photograph, and the photograph itself where one is added."""

    file = PlainUploadFormField(
        label="Ảnh",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        help_text="Ảnh .jpg, .png hoặc .webp, không quá 10 MB.",
    )

    class Meta:
        model = Photo
        fields: ClassVar = ["alt", "caption", "credit"]
        help_texts: ClassVar = {"alt": "Tả điều nhìn thấy trong ảnh."}

    field_order = ["file", "alt", "caption", "credit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]


class DirectiveForm(forms.ModelForm):  # type: ignore[type-arg]
    issued_on = DateField(label="Ngày ban hành")
    valid_from = DateField(label="Có hiệu lực từ", required=False)
    valid_to = DateField(label="Hết hiệu lực sau ngày", required=False)

    class Meta:
        model = Directive
        fields: ClassVar = ["kind", "symbol", "abstract", "issued_by", "issued_on", "valid_from", "valid_to"]
        help_texts: ClassVar = {"issued_by": "Ví dụ: Ban Chấp hành Trung ương, Ban Thường vụ Thành ủy."}


class RequireForm(forms.Form):
    due_on = DateField(label="Đọc và xác nhận trước hết ngày")


class ChangeForm(forms.Form):
    what_changed = NFCFormField(
        label="Thay đổi gì",
        max_length=400,
        help_text="Người đọc thấy câu này và phải đọc, xác nhận lại. Sửa lỗi chữ thì không cần.",
    )
    due_on = DateField(label="Đọc và xác nhận lại trước hết ngày")


class AcknowledgeForm(forms.Form):
    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label="Tôi đã đọc toàn văn và các tệp kèm theo",
        error_messages={"required": "Đánh dấu vào ô này khi đã đọc xong."},
    )


class CoverageForm(forms.Form):
    """Which rows stand behind a figure."""

    ALL, DONE, OPENED, UNOPENED, SILENT, GONE = "", "da", "mo", "chua-mo", "chua", "thoi"

    don_vi = forms.IntegerField(min_value=1, required=False)
    loc = forms.ChoiceField(
        required=False,
        choices=[
            (ALL, "Tất cả"),
            (DONE, "Đã xác nhận"),
            (SILENT, "Chưa xác nhận"),
            (OPENED, "Đã mở, chưa xác nhận"),
            (UNOPENED, "Chưa mở"),
            (GONE, "Không còn phải đọc"),
        ],
    )


class SubmitForm(forms.Form):
    """To whom, by when, with which words; all of it may be left open."""

    to = forms.ModelChoiceField(queryset=User.objects.none(), required=False)
    due_on = DateField(label="Hạn xử lý", required=False, help_text="Quá ngày này người nhận được nhắc.")
    text = NFCFormField(
        multiline=True,
        label="Lời nhắn",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, label: str, article: Article, sender: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = User.objects.with_role(Role.EDITOR).exclude(pk__in=[article.author_id, sender.pk])
        field = self.fields["to"]
        field.label = label
        field.queryset = offered.order_by("full_name")  # type: ignore[attr-defined]
        field.empty_label = "Biên tập viên nào cũng được"  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    text = NFCFormField(
        multiline=True, label="Góp ý", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class TypingForm(forms.Form):
    """What an open page sends by itself."""

    title = NFCFormField(max_length=250, required=False)
    lead = NFCFormField(multiline=True, max_length=1000, required=False)
    body = RichTextFormField(required=False)
    revision = forms.IntegerField(min_value=1)
    desk = forms.UUIDField()
    step = forms.IntegerField(min_value=1)


class BeginForm(TypingForm):
    """The first words of a page that has no item yet."""

    category = forms.ModelChoiceField(queryset=Category.objects.all(), required=False)


class PresenceForm(forms.Form):
    desk = forms.UUIDField()


class ComparisonForm(forms.Form):
    """Which two revisions are laid side by side; without both, the last two."""

    cu = forms.IntegerField(min_value=1, required=False)
    moi = forms.IntegerField(min_value=1, required=False)


class ReasonForm(forms.Form):
    reason = NFCFormField(
        multiline=True, label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class DisplayForm(forms.Form):
    """Until when on top, until when at all; both may be left open."""

    pinned_until = DateField(
        label="Ghim đến hết ngày",
        required=False,
        help_text="Đứng đầu trang chủ và danh sách tin. Để trống là không ghim.",
    )
    expires_on = DateField(
        label="Hiện đến hết ngày",
        required=False,
        help_text="Sau ngày này cổng tự gỡ bài, ví dụ thông báo đăng ký đã hết hạn. Để trống là hiện mãi.",
    )


class UpkeepForm(forms.Form):
    """Who answers for a lasting page, and how often it is looked through."""

    owner = forms.ModelChoiceField(
        label="Người phụ trách",
        queryset=User.objects.none(),
        widget=LongSelect,
        help_text="Người có tài khoản và đọc được bài; đến hạn thì được nhắc.",
    )
    organization = forms.ModelChoiceField(
        label="Đơn vị phụ trách", queryset=PartyOrganization.objects.none(), widget=LongSelect
    )
    months = forms.IntegerField(label="Rà soát lại sau mỗi (tháng)", min_value=1, max_value=MOST_MONTHS)
    review_on = DateField(label="Rà soát lần tới trước hết ngày")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = PartyOrganization.objects.visible_to(by).on(timezone.localdate()).in_tree_order()
        self.fields["organization"].queryset = today  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True).order_by("full_name", "pk")
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class TopicsForm(forms.Form):
    """Tags and series by name, with those there are already suggested while typing."""

    tags = NFCFormField(
        label="Thẻ",
        required=False,
        max_length=900,
        help_text="Vài từ ngắn, cách nhau bằng dấu phẩy, ví dụ: kết nạp đảng viên, chuyển đổi số.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-suggest": reverse_lazy("news:suggest_tags"),
                "data-pick": ",",
            }
        ),
    )
    series = NFCFormField(
        label="Loạt bài",
        required=False,
        max_length=80,
        help_text="Bài này là một kỳ của loạt nào. Để trống nếu đứng riêng.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-suggest": reverse_lazy("news:suggest_series"),
                "data-pick": "",
            }
        ),
    )

    def clean_tags(self) -> list[str]:
        return [name for part in re.split("[,;]", self.cleaned_data["tags"]) if (name := part.strip())]


class DigestForm(forms.Form):
    rhythm = forms.ChoiceField(
        label="Gửi cho tôi",
        required=False,
        choices=[("", "Không gửi"), *DigestRhythm.choices],
        widget=forms.RadioSelect,
    )


class PublishForm(forms.Form):
    """Now, or at an hour to come; for the text at the version on the approver's screen."""

    NOW, LATER, NOT_YET = "now", "later", "not_yet"

    version = forms.IntegerField(widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label="Đăng khi nào",
        choices=[(NOW, "Đăng ngay"), (LATER, "Hẹn giờ"), (NOT_YET, "Chỉ duyệt, đăng sau")],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    published_at = DateTimeField(
        label="Ngày giờ đăng", required=False, help_text="Chỉ cần khi hẹn giờ, ví dụ 30/9/2024 và 08:00."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("when") in (self.NOW, self.NOT_YET):
            cleaned["published_at"] = None
        elif "published_at" in cleaned and cleaned["published_at"] is None:
            raise ValidationError({"published_at": "Chưa ghi ngày giờ đăng."})
        elif cleaned.get("published_at") and cleaned["published_at"] <= timezone.now():
            raise ValidationError({"published_at": "Giờ này đã qua. Chọn giờ sau, hoặc chọn Đăng ngay."})
        return cleaned


class ReleaseForm(PublishForm):
    """For what is approved already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = [(self.NOW, "Đăng ngay"), (self.LATER, "Hẹn giờ")]  # type: ignore[attr-defined]
