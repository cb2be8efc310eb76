"""Signing in: names in any case and any Unicode form, and the person behind the account at once."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from members.models import User


class AccountBackend(ModelBackend):
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if username is None or password is None:
            return None
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            # The same work as for a real account, so that time tells nothing (S6).
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.signed_in(user_id)
