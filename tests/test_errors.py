"""What a person is told when something goes wrong, and that the number leads to the log."""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from members.models import User
from portal import urls as real
from portal.logs import JsonFormatter

pytestmark = pytest.mark.django_db


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("SELECT secret FROM somewhere")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Chỉ thư ký được phân công mới mở được bàn ghi biên bản.")


def loses_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("could not connect to 10.0.0.5")


handler400, handler403 = real.handler400, real.handler403
handler404, handler500 = real.handler404, real.handler500
urlpatterns = [
    path("hong/", breaks),
    path("cam/", refuses),
    path("mat-kho/", loses_database),
    path("", include("portal.urls")),
]


@pytest.fixture
def reader(client: Client, settings) -> Client:
    settings.ROOT_URLCONF = "tests.test_errors"
    client.force_login(User.objects.create_user("doc", "Công Tằng Tôn Nữ Thị Ngọ"))
    client.raise_request_exception = False
    return client


def number_on(page: str) -> str:
    found = re.search(r"đọc mã <b[^>]*>(\w+)</b>", page)
    assert found
    return found[1]


def test_refusal_says_who_may(reader: Client) -> None:
    response = reader.get("/cam/")

    assert response.status_code == 403
    assert "Chỉ thư ký được phân công mới mở được bàn ghi biên bản." in response.content.decode()


def test_failure_tells_nothing_of_the_inside_and_its_number_is_in_the_log(
    reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setFormatter(JsonFormatter())
    with caplog.at_level(logging.ERROR):
        response = reader.get("/hong/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "SELECT" not in page
    assert "Traceback" not in page
    assert f'"request": "{number_on(page)}"' in caplog.text


def test_lost_database_asks_to_come_back_soon(reader: Client) -> None:
    response = reader.get("/mat-kho/")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "10.0.0.5" not in response.content.decode()


def test_absent_pages_are_alike_but_for_the_number(reader: Client) -> None:
    pages = [reader.get(f"/khong-co/{name}/").content.decode() for name in ("a", "b")]

    first, second = (
        re.sub(r'value="[^"]*"', "", page.replace(number_on(page), "")).replace(f"/khong-co/{name}/", "")
        for page, name in zip(pages, "ab", strict=True)
    )
    assert number_on(pages[0]) != number_on(pages[1])
    assert first == second


def test_wrong_method_gets_a_page_and_keeps_what_is_allowed(reader: Client) -> None:
    response = reader.get("/co-chu/")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Chưa có gì thay đổi" in response.content.decode()


def test_form_without_token_is_refused_with_a_way_on(settings) -> None:
    response = Client(enforce_csrf_checks=True).post("/co-chu/", {"text": "large"})

    assert response.status_code == 403
    assert "Trang này đã mở quá lâu" in response.content.decode()


@pytest.mark.parametrize("body", ["x=1&" * 2000])
def test_too_many_fields_are_a_bad_request(client: Client, body: str) -> None:
    response = client.post("/co-chu/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 400
    assert "Chưa hiểu yêu cầu này" in response.content.decode()
