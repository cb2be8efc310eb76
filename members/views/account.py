"""Signing in and out, and one's own account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from members import actions
from members.forms import ContactForm, PasswordForm, SignInForm
from members.models import PositionHolding, User
from members.requests import SignedInRequest
from members.sessions import ENDED
from portal import audit


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Django's own view: new session key, only addresses of this site in `next`."""

    template_name = "account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"ended": self.request.session.get(ENDED, "")}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.pop(ENDED, None)
        user = form.get_user()
        audit.record("members.sign_in", about=user, by=user, summary="Đăng nhập")
        return response


sign_in = SignIn.as_view()


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("account:sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: SignedInRequest) -> HttpResponse:
    """One's own account: contacts to change, and what the house knows of one's offices and roles."""
    user = request.user
    form = ContactForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_contact(
            user, phone=form.cleaned_data["phone"], email=form.cleaned_data["email"], by=user
        )
        messages.success(request, "Đã lưu cách liên hệ.")
        return redirect("account:home")
    today = timezone.localdate()
    context = {
        "form": form,
        "holdings": PositionHolding.objects.visible_to(user)
        .on(today)
        .filter(member=user.member_id)
        .select_related("organization")
        .by_rank()
        if user.member_id
        else [],
        "grants": user.role_grants.on(today).select_related("organization"),
    }
    return render(request, "account/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """A new password ends every other session of the account; this one gets a new key (S7)."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save()
            audit.record("members.change_password", about=user, by=user, summary="Đổi mật khẩu")
        update_session_auth_hash(request, user)
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return redirect("account:home")
    return render(request, "account/password.html", {"form": form})
