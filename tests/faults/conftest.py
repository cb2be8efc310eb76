"""One stand for all faults; each begins with an empty log at the mail server and two live senders.

`make faults` (--faults=long) sends to 5,000 people with ten seeds.
"""

import random

import pytest

from faults.stand import Stand

SIZE = {"short": 200, "long": 5000}
SEEDS = {"short": 1, "long": 10}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        seeds = SEEDS[metafunc.config.getoption("--faults")]
        metafunc.parametrize("seed", [random.randrange(10**6) for _ in range(seeds)])


@pytest.fixture(scope="session")
def running_stand(size):
    stand = Stand()
    try:
        stand.start(size)
        yield stand
    finally:
        stand.stop()


@pytest.fixture
def stand(running_stand):
    running_stand.mail.forget()
    running_stand.slowest_answer = 0.0
    running_stand.have_senders(2)
    yield running_stand
    running_stand.no_celery()


@pytest.fixture
def dice(seed):
    return random.Random(seed)


@pytest.fixture(scope="session")
def size(pytestconfig):
    return SIZE[pytestconfig.getoption("--faults")]
