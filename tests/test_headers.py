"""Headers and cookies of each class of page, held against one table of rules.

Values are regular expressions searched in the header, case-insensitive. A new class of page adds
its rules to RULES and an answer to ANSWERS.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from doors.scene import Scene
from doors.table import Row

from members.models import User
from portal.views.secret_links import WRONG_LINKS

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
EDITOR = r"(?=.*script-src 'self';)(?=.*script-src-attr 'unsafe-inline')(?=.*base-uri)(?=.*form-action)"
NOTHING_RUNS = r"default-src 'none'"
WORKERS = r"(?=.*default-src 'none')(?=.*script-src 'self')(?=.*connect-src 'self')"
RULES: dict[str, dict[str, Any]] = {
    "html-anon": A_PAGE,
    "html-auth": A_PAGE,
    "html-admin": A_PAGE,
    "error": A_PAGE,
    "html-editor": {
        "must": A_PAGE["must"] | {"content-security-policy": EDITOR},
    },
    # Not always no-referrer: the form on the page would be sent with `Origin: null`.
    "rsvp": A_PAGE
    | {
        "must": A_PAGE["must"]
        | {"referrer-policy": r"^(strict-origin|no-referrer)$", "x-robots-tag": r"noindex"}
    },
    "json": {"must": {"cache-control": r"no-store", "content-type": r"^application/json"}},
    "static": {
        "must": {
            "cache-control": r"max-age=315360000, public, immutable",
            "content-type": r"^text/css; ?charset=\W?utf-8",
        },
        "absent": ["set-cookie"],
    },
    "image": {
        "must": {
            "cache-control": r"private|no-store",
            "content-security-policy": NOTHING_RUNS + ".*sandbox",
            "content-type": r"^image/(png|jpeg|gif|webp)$",
            "content-disposition": r"^inline; ?filename",
        },
        "absent": ["set-cookie"],
    },
    "file": {
        "must": {
            "cache-control": r"^private, no-store$",
            "content-security-policy": NOTHING_RUNS,
            "content-disposition": r"^(attachment|inline); ?filename=\"[^\"]*\"; filename\*=UTF-8''",
        },
        "not": {"content-type": r"text/html|javascript|svg|xhtml"},
    },
    "feed": {
        "must": {
            "cache-control": r"^private, no-store$",
            "content-security-policy": NOTHING_RUNS,
            "content-type": r"^(text/calendar|application/atom\+xml); charset=utf-8$",
            "referrer-policy": r"^no-referrer$",
            "x-robots-tag": r"noindex",
        },
        "absent": ["set-cookie"],
    },
    "redirect": {"must": {}},
    "health": {"must": {"cache-control": r"no-store"}, "absent": ["set-cookie"]},
    # A worker may load scripts of the house and ask the house, and nobody else.
    "worker": {
        "must": {
            "cache-control": r"no-store",
            "content-type": r"^text/javascript; charset=utf-8$",
            "content-security-policy": WORKERS,
        },
        "absent": ["set-cookie", "service-worker-allowed"],
    },
    "manifest": {
        "must": {"cache-control": r"no-store", "content-type": r"^application/manifest\+json$"},
        "absent": ["set-cookie"],
    },
}

Ask = Callable[[Client], HttpResponse]

MANY_FIELDS = {f"f{number}": "x" for number in range(2000)}
MUCH = {"data": "username=" + "x" * 6_000_000, "content_type": "application/x-www-form-urlencoded"}

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
    ("redirect", "within the house", lambda client: client.get("/tin-tuc")),
    ("error", "405 of an odd method", lambda client: client.generic("TRACE", reverse("home"))),
    ("error", "400 of many fields", lambda client: client.post(reverse("account:sign_in"), MANY_FIELDS)),
    (
        "error",
        "400 of much text",
        lambda client: client.post(reverse("account:sign_in"), **MUCH),
    ),
    ("error", "429", lambda client: knocking(client)),
    ("health", "health", lambda client: client.get(reverse("health"))),
    ("html-anon", "without network", lambda client: client.get(reverse("offline"))),
    ("json", "what may be kept", lambda client: signed_in(client).get(reverse("offline_kept"))),
    ("worker", "worker", lambda client: client.get(reverse("offline_worker"))),
    ("manifest", "manifest", lambda client: client.get(reverse("manifest"))),
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


#: Classes that need something to show: who asks, and the row of the permission matrix that names it.
THINGS = [
    ("html-editor", "edi", "news:edit n1"),
    ("html-editor", "off", "meetings:minutes written"),
    ("html-auth", "sec_a", "meetings:minutes final"),
    ("html-auth", "sec_a", "members:member p_a2"),
    ("html-admin", "adm", "admin:members_user_changelist"),
    ("html-admin", "adm", "admin:members_user_add"),
    ("rsvp", None, "meetings:answer_link m1 token"),
    ("rsvp", None, "meetings:answer_link m1 forged"),
    ("rsvp", None, "meetings:answer_link left left_token"),
    ("json", "edi", "richtext_upload"),
    ("image", "edi", "richtext_image inside"),
    ("image", "edi", "news:image n1"),
    ("image", "edi", "news:image n2"),
    ("feed", None, "meetings:feed feed_token"),
    ("feed", None, "news:feed news_token"),
    ("file", "edi", "news:attachment file_n1"),
    ("file", "off", "meetings:paper paper"),
    ("error", "mem_a1", "meetings:paper paper3"),
]


def test_things_carry_the_headers_of_their_class(
    scene: Scene, signed_in: Callable[..., Client], subtests: pytest.Subtests
) -> None:
    for kind, who, thing in THINGS:
        browser = signed_in(getattr(scene.cast, who) if who else None)
        name, _, which = thing.partition(" ")
        address, _ = scene.request(Row("", name, which), "ANON")
        response = browser.post(address) if kind == "json" else browser.get(address)
        with subtests.test(thing):
            assert deviations(response, EVERYWHERE) + deviations(response, RULES[kind]) == []
        read_to_its_end(response)


def test_workers_and_manifests_come_from_the_house_alone(client: Client) -> None:
    policy = client.get(reverse("account:sign_in"))["Content-Security-Policy"]

    assert {"worker-src 'self'", "manifest-src 'self'"} <= set(policy.split("; "))


def test_hashed_style_sheet_stays_with_the_reader(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    hashing = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashing}
    staticfiles_storage.save("css/a.css", ContentFile(b"p { color: red }"))
    list(staticfiles_storage.post_process({"css/a.css": (staticfiles_storage, "css/a.css")}))

    response = Client().get(staticfiles_storage.url("css/a.css"))

    assert deviations(response, EVERYWHERE) + deviations(response, RULES["static"]) == []
    read_to_its_end(response)


def test_restricted_picture_is_kept_nowhere(scene: Scene, signed_in: Callable[..., Client]) -> None:
    kept = {}
    for which in ("n1", "n2"):
        response = signed_in(scene.cast.edi).get(reverse("news:image", args=[scene.things[which].pk]))
        kept[which] = response["Cache-Control"]
        read_to_its_end(response)

    assert kept == {"n1": "private, max-age=3600", "n2": "private, no-store"}


def read_to_its_end(response: HttpResponse) -> None:
    """Which closes the file, and not the connection of the test, as `close` does."""
    if response.streaming:
        response.getvalue()


def knocking(client: Client) -> HttpResponse:
    """The answer to one wrong link too many."""
    address = reverse("meetings:answer_link", args=[1, "sai"])
    return [client.get(address) for _ in range(WRONG_LINKS + 1)][-1]


def test_waiting_time_is_told(client: Client) -> None:
    assert knocking(client)["Retry-After"] == "60"


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


@pytest.mark.parametrize(
    "path", ["/.git/HEAD", "/.env", "/settings.py", "/media/", "/static/", "/static/../portal/settings.py"]
)
def test_nothing_of_the_workshop_is_served(client: Client, path: str) -> None:
    assert signed_in(client).get(path).status_code == 404


def test_many_fields_and_much_text_are_refused_before_they_are_read(client: Client) -> None:
    address = reverse("account:sign_in")

    assert client.post(address, MANY_FIELDS).status_code == 400
    assert client.post(address, **MUCH).status_code == 400


@pytest.mark.parametrize(
    "sent", [{}, {"csrfmiddlewaretoken": "x" * 64}, {"headers": {"origin": "https://example.invalid"}}]
)
def test_form_of_another_site_changes_nothing(client: Client, sent: dict[str, Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    user = User.objects.create_user("doc", "Trần Thị Ất")
    client.force_login(user)
    headers = sent.pop("headers", {})

    answer = client.post(reverse("account:home"), {"phone": "0900", "email": "", **sent}, headers=headers)

    user.refresh_from_db()
    assert (answer.status_code, user.phone) == (403, "")


def test_address_of_the_machine_is_that_of_the_connection(client: Client) -> None:
    """What the sender writes into X-Forwarded-For is no address: not for the trail, not for the limit."""
    for number in range(WRONG_LINKS + 1):
        forwarded = {"x-forwarded-for": f"10.1.{number}.1"}
        answer = client.get(reverse("meetings:answer_link", args=[1, "sai"]), headers=forwarded)

    assert answer.status_code == 429


def test_forwarded_host_stands_in_no_link(client: Client) -> None:
    page = client.get(reverse("account:sign_in"), headers={"x-forwarded-host": "example.invalid"})

    assert "example.invalid" not in page.content.decode()


def test_parameter_given_twice_means_its_last(client: Client) -> None:
    browser = signed_in(client)

    assert browser.get("/tim-kiem/?q=mot&q=hai").context["words"] == "hai"
