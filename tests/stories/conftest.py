"""The house with the sample committee in it, people who sign in, and a camera for the guide.

`make guide` (--guide) takes the pictures of docs/guide/img on the way, with the real waits.
"""

import re
from pathlib import Path

import pytest
from stand import House

from stories.camera import Camera
from stories.people import Person

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "img"


@pytest.fixture(scope="session")
def house_and_password(pytestconfig):
    """As in earnest, without DEBUG; only the sample wants it."""
    real_times = {"REAL_TIMES": "1"} if pytestconfig.getoption("--guide") else {}
    house = House(durable=False, DEBUG="", **real_times)
    try:
        house.start_servers()
        house.mail.rule(keep=True)
        static = house.manage("collectstatic", "--no-input", "-v0")
        house.build_tables()
        sample = house.manage("demo", "--members=800", DEBUG="1")
        house.finish(sample)
        house.finish(static)
        house.start_web()
        house.have_celery()
        yield house, re.search(r"chung mật khẩu (\S+)", sample.log.read_text())[1]
    finally:
        house.stop()


@pytest.fixture
def house(house_and_password):
    return house_and_password[0]


@pytest.fixture
def camera(pytestconfig):
    return Camera(PICTURES if pytestconfig.getoption("--guide") else None)


@pytest.fixture
def arrive(house, browser):
    """Somebody at a machine of his own; at the end nobody has met an error."""
    people = []

    def arrive(**screen):
        people.append(Person(browser, house.address, **screen))
        return people[-1]

    yield arrive
    for person in people:
        person.leave()
    assert [trouble for person in people for trouble in person.troubles] == []


@pytest.fixture
def sign_in(arrive, house_and_password):
    def sign_in(username, **screen):
        person = arrive(**screen)
        person.sign_in(username, house_and_password[1])
        return person

    return sign_in


@pytest.fixture
def stranger(arrive):
    """Nobody the portal knows, with a telephone in his hand."""
    return arrive(width=390)
