"""Headers and cookies of each class of page, held against one table of rules.

Values are regular expressions searched in the header, case-insensitive. A new class of page adds
its rules to RULES and an answer to ANSWERS.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from members.models import User

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "must": {
        "x-content-type-options": r"^nosniff$",
        "referrer-policy": r"^(same-origin|strict-origin|no-referrer)$",
        "content-security-policy": r"frame-ancestors ('none'|'self')",
        "x-frame-options": r"^(deny|sameorigin)$",
        "permissions-policy": r"camera=\(\)",
        "cross-origin-resource-policy": r"^same-origin$",
    },
    "not": {
        "content-security-policy": (
            r"unsafe-eval|script-src[^;]*(\*|http:|https:(?!//))|object-src[^;]*(\*|'self')"
        ),
        "server": r"\d+\.\d+",
    },
    "absent": ["access-control-allow-origin", "x-powered-by"],
}
A_PAGE: dict[str, Any] = {
    "must": {
        "cache-control": r"no-store",
        "content-security-policy": r"(?=.*(default|script)-src)(?=.*base-uri)(?=.*form-action)",
        "cross-origin-opener-policy": r"^same-origin$",
        "content-type": r"text/html; ?charset=utf-8",
    },
    "not": {"content-security-policy": r"(script|style)-src[^;]*'unsafe-inline'(?![^;]*'nonce-)"},
}
RULES: dict[str, dict[str, Any]] = {
    "html-anon": A_PAGE,
    "html-auth": A_PAGE,
    "html-admin": A_PAGE,
    "error": A_PAGE,
    "redirect": {"must": {}},
    "health": {"must": {"cache-control": r"no-store"}, "absent": ["set-cookie"]},
}

Ask = Callable[[Client], HttpResponse]

ANSWERS: list[tuple[str, str, Ask]] = [
    ("html-anon", "sign-in", lambda client: client.get(reverse("account:sign_in"))),
    ("html-auth", "home", lambda client: signed_in(client).get(reverse("home"))),
    ("html-auth", "search", lambda client: signed_in(client).get(reverse("search"), {"q": "hoi nghi"})),
    ("html-auth", "account", lambda client: signed_in(client).get(reverse("account:home"))),
    ("error", "404", lambda client: signed_in(client).get("/khong-co/")),
    ("error", "404 of a stranger", lambda client: client.get("/khong-co/")),
    ("error", "405", lambda client: signed_in(client).get(reverse("text_size"))),
    ("error", "403", lambda client: signed_in(client).get(reverse("members:list"))),
    ("error", "400", lambda client: client.get("/", headers={"host": "example.invalid"})),
    ("redirect", "to sign-in", lambda client: client.get(reverse("home"))),
    ("redirect", "after large text", lambda client: client.post(reverse("text_size"), {"text": "large"})),
    ("health", "health", lambda client: client.get(reverse("health"))),
]


def signed_in(client: Client) -> Client:
    client.force_login(User.objects.create_user("doc", "Trần Thị Ất"))
    return client


@pytest.mark.parametrize(
    ("kind", "ask"), [(kind, ask) for kind, _, ask in ANSWERS], ids=[name for _, name, _ in ANSWERS]
)
def test_answer_carries_the_headers_of_its_class(client: Client, kind: str, ask: Ask) -> None:
    response = ask(client)

    assert deviations(response, EVERYWHERE) + deviations(response, RULES[kind]) == []


def deviations(response: HttpResponse, rules: dict[str, Any]) -> list[str]:
    def said(header: str) -> str:
        return str(response.headers.get(header, ""))

    return [
        *(f"{h}: {said(h)!r} lacks {r}" for h, r in rules["must"].items() if not re.search(r, said(h), re.I)),
        *(
            f"{h}: {said(h)!r} has {r}"
            for h, r in rules.get("not", {}).items()
            if re.search(r, said(h), re.I)
        ),
        *(f"{h} is there" for h in rules.get("absent", []) if h in response.headers),
        *(["a cookie is set"] if "set-cookie" in rules.get("absent", []) and response.cookies else []),
    ]


def test_https_is_told_to_stay(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True

    response = client.get(reverse("account:sign_in"), secure=True)

    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("origin", ["https://example.invalid", "null"])
def test_no_other_origin_is_let_in(client: Client, origin: str) -> None:
    response = client.get(reverse("account:sign_in"), headers={"origin": origin})

    assert "Access-Control-Allow-Origin" not in response


def test_cookies_are_closed_to_scripts_and_other_sites(client: Client) -> None:
    signed_in(client).get(reverse("home"))
    client.post(reverse("text_size"), {"text": "large"})

    cookies = client.cookies.values()
    assert {cookie.key for cookie in cookies} == {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        "text",
    }
    assert [c.key for c in cookies if not c["httponly"] or c["samesite"] != "Lax" or c["domain"]] == []
    assert {c["path"] for c in cookies} == {"/"}


def test_forwarded_host_is_never_believed(client: Client) -> None:
    response = client.get(reverse("home"), headers={"x-forwarded-host": "example.invalid"})

    assert "example.invalid" not in response["Location"]
