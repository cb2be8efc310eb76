"""Accounts: opened and locked by administrators, contacts changed by their owner."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError

from members.models import PartyMember, User
from members.permissions import can_manage_accounts
from portal import audit


@audit.act
def open_account(
    username: str,
    *,
    full_name: str,
    by: User,
    email: str = "",
    password: str | None = None,
    member: PartyMember | None = None,
) -> User:
    """A new way in; without a password nobody can use it yet."""
    _require_administrator(by)
    user = User(username=username, full_name=full_name, email=email, member=member)
    user.set_password(password)
    user.full_clean()
    user.save()
    audit.record("members.open_account", about=user, by=by, summary="Mở tài khoản")
    return user


@audit.act
def lock_account(user: User, *, by: User, reason: str) -> None:
    """From the next request on the account is nobody; its history stays (P78)."""
    _require_administrator(by)
    if user.pk == by.pk:
        raise ValidationError("Không tự khóa tài khoản của mình. Nhờ một quản trị viên khác.")
    _set_active(user, False, by=by, action="members.lock_account", summary=f"Khóa tài khoản: {reason}")


@audit.act
def unlock_account(user: User, *, by: User) -> None:
    _require_administrator(by)
    _set_active(user, True, by=by, action="members.unlock_account", summary="Mở lại tài khoản")


@audit.act
def change_contact(user: User, *, phone: str, email: str, by: User) -> None:
    """Telephone and address of the account: where its notices go from now on."""
    user = User.objects.select_for_update().get(pk=user.pk)
    changed = [name for name, new in [("phone", phone), ("email", email)] if getattr(user, name) != new]
    if not changed:
        return
    user.phone, user.email = phone, email
    user.save(update_fields=changed)
    audit.record(
        "members.change_contact",
        about=user,
        by=by,
        summary="Đổi cách liên hệ",
        # The trail says which field, never what it held (permissions: P85).
        changes={name: ["***", "***"] for name in changed},
    )


def _set_active(user: User, is_active: bool, *, by: User, action: str, summary: str) -> None:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    audit.record(action, about=user, by=by, summary=summary)


def _require_administrator(user: User) -> None:
    if not can_manage_accounts(user):
        raise PermissionDenied("Chỉ quản trị hệ thống quản lý tài khoản.")
