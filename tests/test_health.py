"""/suc-khoe/: for the container engine and the monitor."""

import json
import time
import urllib.error
import urllib.request

import pytest

from portal.embedded.ports import free_port
from portal.embedded.postgres import PostgresServer
from portal.embedded.programs import program
from portal.embedded.services import Services


@pytest.mark.django_db
def test_it_says_only_that_all_is_well(client):
    response = client.get("/suc-khoe/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_it_answers_over_plain_http_too(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/suc-khoe/").status_code == 200


@pytest.mark.django_db
def test_it_takes_no_post(client):
    assert client.post("/suc-khoe/").status_code == 405


def test_staff_learn_of_the_parts(client, adm):
    client.force_login(adm)

    assert client.get("/suc-khoe/").json() == {"status": "ok", "database": "ok", "cache": "ok"}


def test_a_member_learns_no_more_than_anybody(client, mem_a1):
    client.force_login(mem_a1)

    assert client.get("/suc-khoe/").json() == {"status": "ok"}


@pytest.mark.stack
def test_without_the_database_it_is_503_and_well_again_with_it(base):
    services = Services(base, given={"EMAIL_URL": "smtp://127.0.0.1:1"}, durable=False)
    address = f"127.0.0.1:{free_port(8200)}"
    environment = {
        **services.start(),
        "SECRET_KEY": "of one test",
        "WEB_BIND": address,
        "DEBUG": "1",
        "WEB_WORKERS": "1",
    }
    database = services.servers["DATABASE_URL"]
    assert isinstance(database, PostgresServer)
    web = program("web", base, environment)
    web.start()
    try:
        assert eventually(f"http://{address}/suc-khoe/", 200) == {"status": "ok"}
        database.kill()
        assert eventually(f"http://{address}/suc-khoe/", 503) == {"status": "unavailable"}
        database.start()
        back = time.monotonic()
        assert eventually(f"http://{address}/suc-khoe/", 200) == {"status": "ok"}
        assert time.monotonic() - back < 5
    finally:
        web.stop()
        services.stop()


def answer_of(address):
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)
    except OSError:
        return None, None


def eventually(address, status):
    """The answer with this status, once it comes."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found, body = answer_of(address)
        if found == status:
            return body
        time.sleep(0.1)
    raise AssertionError(f"{address} never answered {status}")
