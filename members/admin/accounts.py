"""Accounts and roles: an administrator's work, all of it in the trail (P83)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from members import actions
from members.actions.grants import record_grant
from members.models import PartyMember, RoleGrant, User
from members.requests import SignedInRequest
from portal.admin import PortalModelAdmin


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account; a first or new password is typed once and handed to the person.

    Whose account it is, is said by the number on the Party card: an administrator may not look
    through the register (permissions: rule 5).
    """

    card_number = forms.CharField(
        label="Số thẻ đảng viên",
        required=False,
        max_length=12,
        help_text="Chép từ thẻ của đồng chí ấy. Để trống nếu chưa có thẻ hoặc không phải đảng viên.",
    )
    new_password = forms.CharField(
        label="Mật khẩu mới",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Bỏ trống nếu giữ mật khẩu cũ. Người dùng nên tự đổi lại ngay.",
    )

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.member:
            self.initial["card_number"] = self.instance.member.card_number

    def clean_card_number(self) -> PartyMember | None:
        """The member with this card; whoever has none yet stays with the account."""
        number: str = self.cleaned_data["card_number"]
        if not number:
            member: PartyMember | None = self.instance.member
            return None if member and member.card_number else member
        member = PartyMember.objects.with_card(number).first()
        if member is None:
            raise ValidationError("Không có đảng viên nào mang số thẻ này.")
        if User.objects.filter(member=member).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Đồng chí mang số thẻ này đã có tài khoản khác.")
        return member

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    form = AccountForm
    fields = [
        "username",
        "full_name",
        "card_number",
        "email",
        "phone",
        "new_password",
        "is_active",
        "last_login",
    ]
    readonly_fields = ["is_active", "last_login"]
    list_display = ["username", "full_name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "full_name", "email"]
    actions = ["lock", "unlock"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new password ends the person's other sessions on their next request (S7)."""
        obj.member = form.cleaned_data["card_number"]
        if password := form.cleaned_data.get("new_password"):
            obj.set_password(password)
        elif not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False

    @admin.action(description="Khóa các tài khoản đã chọn", permissions=["change"])
    def lock(self, request: SignedInRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            try:
                actions.lock_account(user, by=request.user, reason="khóa ở trang Quản trị")
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)

    @admin.action(description="Mở lại các tài khoản đã chọn", permissions=["change"])
    def unlock(self, request: SignedInRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            actions.unlock_account(user, by=request.user)


@admin.register(RoleGrant)
class RoleGrantAdmin(PortalModelAdmin):
    """Given once, ended by its last day: a grant is never rewritten into another."""

    fields = ["user", "role", "organization", "reason", "valid_from", "valid_to", "granted_by"]
    list_display = ["user", "role", "organization", "valid_from", "valid_to", "granted_by"]
    list_filter = ["role"]
    list_select_related = ["user", "organization", "granted_by"]
    search_fields = ["user__username", "user__full_name"]
    autocomplete_fields = ["user", "organization"]

    def get_readonly_fields(self, request: HttpRequest, obj: RoleGrant | None = None) -> list[str]:
        given = ["user", "role", "organization", "reason", "valid_from"] if obj else []
        return [*given, "granted_by"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"valid_from": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def save_model(self, request: Any, obj: RoleGrant, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.granted_by = request.user
        super().save_model(request, obj, form, change)
        record_grant(obj, by=request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False
