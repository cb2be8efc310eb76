"""Who may sign in, and in which role: dated grants, never a flag on the user."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from members.models.dated import DatedModel, DatedQuerySet
from members.roles import Role
from portal import bell
from portal.postgresql.plans import keeping_plans
from portal.vietnamese import nfc
from portal.vietnamese.fields import NFCCharField

_POWERS = """
SELECT role, organization_id FROM members_rolegrant
WHERE user_id = %(user)s AND valid_from <= %(today)s AND (valid_to IS NULL OR valid_to >= %(today)s)
UNION
SELECT position.role, holding.organization_id FROM members_positionholding holding
JOIN members_position position ON position.id = holding.position_id
JOIN members_user account ON account.member_id = holding.member_id
WHERE account.id = %(user)s AND position.role <> ''
  AND holding.valid_from <= %(today)s AND (holding.valid_to IS NULL OR holding.valid_to >= %(today)s)
"""


@cache
def _signed_in() -> str:
    """Every request asks this, and building the same query anew costs five times what running it does.

    Its columns by name: a kept plan must not find another shape of `*` after an upgrade."""
    columns = ", ".join(f'account."{field.column}"' for field in User._meta.concrete_fields)
    return f"""
SELECT {columns}, organization.path AS organization_path,
  powers.roles, powers.organizations, ({bell.UNREAD}) AS unread
FROM members_user account
LEFT JOIN members_partymember member ON member.id = account.member_id
LEFT JOIN members_partyorganization organization ON organization.id = member.organization_id
CROSS JOIN (
  SELECT array_agg(role) AS roles, array_agg(organization_id) AS organizations FROM ({_POWERS}) AS power
) AS powers
WHERE account.id = %(user)s AND account.is_active
"""


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def with_role(self, role: Role) -> UserQuerySet:
        """Active accounts that hold `role` today by a grant."""
        grants = RoleGrant.objects.on(timezone.localdate()).filter(role=role)
        return self.active().filter(pk__in=grants.values("user"))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(
        self, username: str, full_name: str, password: str | None = None, **fields: object
    ) -> User:
        """A new account; without a password nobody can sign in with it."""
        user: User = self.model(username=nfc(username), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        user: User = self.get(username__iexact=nfc(username or ""))
        return user

    def signed_in(self, pk: int) -> User | None:
        """The active account with all that a page asks of it: where it belongs, its powers today, and how
        many notices it has not opened."""
        with keeping_plans(), connection.cursor() as cursor:
            cursor.execute(_signed_in(), {"user": pk, "today": timezone.localdate(), "now": timezone.now()})
            row = cursor.fetchone()
        if row is None:
            return None
        *columns, path, roles, organizations, unread = row
        user = User.from_db(self.db, [field.attname for field in User._meta.concrete_fields], columns)
        user.organization_path = path
        user.powers = frozenset(zip(roles or (), organizations or (), strict=True))
        setattr(user, bell.KEPT, unread)
        return user


class User(AbstractBaseUser):
    """An account. A person's dated facts stand in `PartyMember`; this is only the way in.

    There is no superuser: an administrator runs the system and reads nothing by that right
    (permissions, rule 5).
    """

    username = NFCCharField("tên đăng nhập", max_length=60, unique=True)
    full_name = NFCCharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    phone = NFCCharField("điện thoại công vụ", max_length=20, blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    member = models.OneToOneField(
        "members.PartyMember",
        verbose_name="đảng viên",
        on_delete=models.PROTECT,
        related_name="user",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField("ngày tạo", default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    is_superuser = False
    #: Known of who is signed in.
    organization_path: list[int] | None = None

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rpartition(" ")[2]

    @cached_property
    def powers(self) -> frozenset[tuple[str, int | None]]:
        """Today's (role, organisation) pairs, from grants and from the positions held.

        Asked afresh on each request, so a right that ended yesterday is gone (ASVS 8.3.2).
        """
        if not self.is_active:
            return frozenset()
        with connection.cursor() as cursor:
            cursor.execute(_POWERS, {"user": self.pk, "today": timezone.localdate()})
            return frozenset(cursor.fetchall())

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _ in self.powers)

    @property
    def audiences(self) -> list[int]:
        """The organisations this person belongs to, from the root down to the own cell."""
        path = self.organization_path
        if path is None and self.member:
            path = self.member.organization.path
        return path or []

    def organizations_as(self, *roles: Role) -> frozenset[int]:
        """The organisations at the head of this user's scope in any of these roles."""
        return frozenset(pk for role, pk in self.powers if role in roles and pk is not None)

    def has_role(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    @property
    def is_staff(self) -> bool:
        """May open the admin site at all; what it shows is decided model by model."""
        return bool(self.roles - {Role.READER})

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's model permissions, from the table of roles in `members.roles`."""
        return self.is_active and any(Role(role).allows(perm) for role in self.roles)

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and any(Role(role).opens(app_label) for role in self.roles)


class RoleGrant(DatedModel):
    """A role held by an account from a day to a day (both included), with its reason."""

    user = models.ForeignKey(
        User, verbose_name="tài khoản", on_delete=models.PROTECT, related_name="role_grants"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    organization = models.ForeignKey(
        "members.PartyOrganization",
        verbose_name="phạm vi",
        on_delete=models.PROTECT,
        related_name="role_grants",
        null=True,
        blank=True,
        help_text="Bắt buộc với vai trò theo phạm vi: tổ chức này và các tổ chức bên dưới.",
    )
    reason = NFCCharField("lý do, căn cứ", max_length=200)
    granted_by = models.ForeignKey(
        User, verbose_name="người giao", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[DatedQuerySet[RoleGrant]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "giao vai trò"
        verbose_name_plural = "giao vai trò"
        ordering = ["user", "valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(role__in=[Role.SECRETARY, Role.INSPECTION]) | Q(organization__isnull=False),
                name="scoped_role_names_organization",
                violation_error_message="Vai trò này cần một tổ chức làm phạm vi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
