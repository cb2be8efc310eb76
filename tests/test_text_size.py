"""The large-text switch: without a script, kept, and never a way out of the house."""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create_user("doc", "Trần Thị Ất"))
    return client


def test_large_text_is_kept_and_taken_back(reader: Client) -> None:
    reader.post(reverse("text_size"), {"text": "large"})
    large = reader.get(reverse("home")).content.decode()
    reader.post(reverse("text_size"), {"text": "normal"})
    normal = reader.get(reverse("home")).content.decode()

    assert '<html lang="vi" data-text="large">' in large
    assert "Chữ thường" in large
    assert '<html lang="vi">' in normal


def test_switch_leads_back_to_the_page_it_was_pressed_on(reader: Client) -> None:
    response = reader.post(reverse("text_size"), {"text": "large", "next": "/tim-kiem/?q=a"})

    assert response.url == "/tim-kiem/?q=a"


@pytest.mark.parametrize(
    "elsewhere",
    ["//example.invalid/", "/\\example.invalid", "https://example.invalid", "javascript:alert(1)", ""],
)
def test_switch_never_leads_out_of_the_house(reader: Client, elsewhere: str) -> None:
    response = reader.post(reverse("text_size"), {"text": "large", "next": elsewhere})

    assert response.url == reverse("home")


def test_stranger_may_switch_too(client: Client) -> None:
    client.post(reverse("text_size"), {"text": "large"})

    assert 'data-text="large"' in client.get(reverse("account:sign_in")).content.decode()
