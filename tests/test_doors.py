"""Who may what: every address of the portal, asked by every role, against the permission matrix."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from doors.scene import Scene
from doors.table import COLUMNS, HELPERS, ROWS

from members.models import User

Browser = Callable[[User | None], Client]
ODD = ["TRACE", "PUT", "BREW"]


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The names of all addresses, those of the admin's registers too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{space}{pattern.name}"


def test_every_page_has_its_row() -> None:
    pages = {name for name in names() if not name.startswith("admin:")}

    # The page of components stands in development alone.
    assert pages - {"components"} == {row.name for row in ROWS}


def test_page_answers_as_the_matrix_says(scene: Scene, signed_in: Browser, subtests: pytest.Subtests) -> None:
    for column in [*COLUMNS, *HELPERS]:
        browser = signed_in(scene.person(column))
        with subtests.test(column):
            deviations = [
                f"{row.label}: {method} {said}, not {expected}"
                for row in ROWS
                for method, expected in row.expected(column).items()
                if (said := ask(browser, method, *scene.request(row, column))) != expected
            ]

            assert not deviations, "\n".join(deviations)


def ask(browser: Client, method: str, address: str, sent: dict[str, str]) -> str:
    """The answer; whatever it changed is taken back, so that no row depends on the one before."""
    with transaction.atomic():
        response = browser.get(address) if method == "GET" else browser.post(address, sent)
        transaction.set_rollback(True)
    return word_of(response)


def word_of(response: HttpResponse) -> str:
    if response.streaming:
        response.getvalue()
    to_sign_in = response.status_code == 302 and response["Location"].startswith(
        resolve_url(settings.LOGIN_URL)
    )
    return "login" if to_sign_in else str(response.status_code)


def test_no_page_knows_another_method(scene: Scene, signed_in: Browser) -> None:
    """TRACE would hand the cookies back; PUT and the rest mean nothing here."""
    browser = signed_in(scene.cast.off)
    addresses = {row.name: scene.request(row, "OFF")[0] for row in ROWS}

    answers = {browser.generic(method, at).status_code for at in addresses.values() for method in ODD}

    assert answers == {405}


def test_page_to_read_takes_nothing_and_button_shows_nothing(scene: Scene, signed_in: Browser) -> None:
    browser = signed_in(scene.cast.off)
    read, pressed = ({row.name for row in ROWS if getattr(row, how)} for how in ("get", "post"))
    addresses = {row.name: scene.request(row, "OFF")[0] for row in ROWS}

    taken = [name for name in read - pressed if ask(browser, "POST", addresses[name], {}) != "405"]
    shown = [name for name in pressed - read if ask(browser, "GET", addresses[name], {}) != "405"]

    assert (taken, shown) == ([], [])
