"""For signatures: the request of a view behind the door, where `request.user` is an account."""

from django.http import HttpRequest

from members.models import User


class SignedInRequest(HttpRequest):
    user: User
