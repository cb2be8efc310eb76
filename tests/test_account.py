"""Signing in, one's own account, and how a session ends (reliability S6–S8; permissions P72–P78, P90)."""

import datetime
import re

import pytest
from cast import PASSWORD
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import User
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("account:sign_in")
NEW = "mưa rơi ngoài hiên cũ"


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    cache.clear()


def sign_in(username: str, password: str = PASSWORD, **extra) -> tuple[Client, object]:
    client = Client()
    return client, client.post(SIGN_IN, {"username": username, "password": password}, **extra)


def test_sign_in_in_any_case_gives_a_new_session_key(cast):
    client = Client()
    client.get(SIGN_IN)
    before = client.session.session_key

    answer = client.post(SIGN_IN, {"username": "MEM_A1", "password": PASSWORD})

    assert answer.status_code == 302
    assert client.session.session_key != before
    assert client.get(reverse("account:home")).status_code == 200


@pytest.mark.parametrize("username", ["mem_a1", "nobody"])
def test_refusal_tells_nothing_of_the_account(cast, username):
    _, answer = sign_in(username, "sai rồi")

    assert answer.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answer.content.decode()
    assert username not in answer.content.decode().replace(f'value="{username}"', "")


def test_ten_wrong_passwords_then_later_but_not_for_another_machine(cast):
    answers = [sign_in("mem_a1", "sai rồi")[1].status_code for _ in range(10)]

    assert answers[-1] == 429
    assert sign_in("mem_a1")[1].status_code == 429
    assert sign_in("mem_a1", REMOTE_ADDR="10.0.0.9")[1].status_code == 302


def test_waiting_is_asked_for_in_words_alike_for_all(cast):
    names = ("mem_a1", "nobody")
    pages = [[sign_in(name, "sai rồi")[1] for _ in range(10)][-1] for name in names]
    texts = {re.sub(r'[0-9a-f]{12}|value="[^"]*"', "", page.content.decode()) for page in pages}

    assert len(texts) == 1
    assert {page["Retry-After"] for page in pages} == {"900"}
    assert "15 phút" in texts.pop()


def test_unknown_account_is_slowed_down_alike(cast):
    assert [sign_in("nobody", "sai rồi")[1].status_code for _ in range(10)][-1] == 429


@pytest.mark.parametrize("elsewhere", ["https://example.invalid/", "//example.invalid", "javascript:a()"])
def test_next_stays_in_the_house(cast, elsewhere):
    client = Client()

    answer = client.post(SIGN_IN, {"username": "mem_a1", "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == reverse("home")


def test_sign_out_ends_the_session_on_the_server(cast):
    client, _ = sign_in("mem_a1")
    old = client.cookies["session"].value

    answer = client.post(reverse("account:sign_out"))

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies["session"] = old
    assert client.get(reverse("account:home")).status_code == 302


def test_sign_out_by_link_does_nothing(cast, signed_in):
    assert signed_in(cast.mem_a1).get(reverse("account:sign_out")).status_code == 405


def test_hour_without_a_request_ends_the_session(cast, signed_in, time_machine):
    client = signed_in(cast.mem_a1)
    now = timezone.now()
    time_machine.move_to(now)
    client.get(reverse("account:home"))

    time_machine.move_to(now + datetime.timedelta(minutes=58))
    assert client.get(reverse("account:home")).status_code == 200
    time_machine.move_to(now + datetime.timedelta(minutes=58 + 60))
    answer = client.get(reverse("account:home"), follow=True)

    assert "hơn một giờ không dùng" in answer.content.decode()


def test_busy_session_ends_after_twelve_hours(cast, signed_in, time_machine):
    client = signed_in(cast.mem_a1)
    began = timezone.now()
    for minutes in range(0, 12 * 60 + 1, 45):
        time_machine.move_to(began + datetime.timedelta(minutes=minutes))
        assert client.get(reverse("account:home")).status_code == 200, minutes

    time_machine.move_to(began + datetime.timedelta(hours=12, minutes=1))
    assert client.get(reverse("account:home")).status_code == 302


def test_locked_account_is_nobody_on_the_next_request(cast, signed_in):
    client = signed_in(cast.mem_a1)
    User.objects.filter(pk=cast.mem_a1.pk).update(is_active=False)

    assert client.get(reverse("account:home")).status_code == 302


def test_new_password_ends_other_sessions_and_keeps_this_one(cast):
    here, _ = sign_in("mem_a1")
    there, _ = sign_in("mem_a1")
    key = here.session.session_key

    here.post(
        reverse("account:password"),
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )

    assert here.get(reverse("account:home")).status_code == 200
    assert here.session.session_key != key
    assert there.get(reverse("account:home")).status_code == 302


@pytest.mark.parametrize(
    "weak", ["ngắn", "password1234", "Đảng ủy Khối 2024", "van-phong-2026-abc", "nguyễn văn mười"]
)
def test_easy_password_is_refused(cast, signed_in, weak):
    answer = signed_in(cast.mem_a1).post(
        reverse("account:password"),
        {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak},
    )

    assert answer.status_code == 200
    assert User.objects.get(pk=cast.mem_a1.pk).check_password(PASSWORD)


@pytest.mark.parametrize("good", ["a" * 6 + " lá rơi " + "b" * 60, "chỉ có chữ thường thôi"])
def test_long_sentence_needs_no_composition(cast, signed_in, good):
    signed_in(cast.mem_a1).post(
        reverse("account:password"),
        {"old_password": PASSWORD, "new_password1": good, "new_password2": good},
    )

    assert User.objects.get(pk=cast.mem_a1.pk).check_password(good)


def test_phone_is_changed_without_a_password_and_audited(cast, signed_in):
    user = cast.mem_a1

    signed_in(user).post(reverse("account:home"), {"phone": "0225 100", "email": user.email})

    assert User.objects.get(pk=user.pk).phone == "0225 100"
    entry = AuditEntry.objects.get(action="members.change_contact")
    assert (entry.actor, "0225" in str(entry.changes)) == (user, False)


@pytest.mark.parametrize(("given", "kept"), [("", True), ("sai", True), (PASSWORD, False)])
def test_mail_address_needs_the_present_password(cast, signed_in, given, kept):
    user = cast.mem_a1
    form = {"phone": "", "email": "moi@khoi.invalid", "present_password": given}

    signed_in(user).post(reverse("account:home"), form)

    assert (User.objects.get(pk=user.pk).email == user.email) is kept


def test_other_fields_in_the_form_change_nothing(cast, signed_in):
    user = cast.mem_a1
    client = signed_in(user)
    before = User.objects.filter(pk=user.pk).values().get()
    forged = {
        "phone": before["phone"],
        "email": before["email"],
        "username": "adm",
        "full_name": "Ai Đó",
        "is_active": "",
        "member": cast.p_b1.pk,
        "id": cast.adm.pk,
        "is_staff": "on",
        "password": "x",
    }

    client.post(reverse("account:home"), forged)

    assert User.objects.filter(pk=user.pk).values().get() == before
