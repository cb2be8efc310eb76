"""One stand for all faults; each begins with an empty log at the mail server and two live senders.

`make faults` (--faults=long) sends to thousands with ten seeds. Every seed comes from the first one,
printed at the head of the run; `--seed=N` repeats that run.
"""

import random

import pytest

SIZE = {"short": 120, "long": 3000}
SEEDS = {"short": 1, "long": 10}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        # The name makes the seeds of two tests differ, and independent of which tests are asked for.
        source = random.Random(f"{metafunc.config.getoption('--seed')} {metafunc.function.__name__}")
        seeds = SEEDS[metafunc.config.getoption("--faults")]
        metafunc.parametrize("seed", [source.randrange(10**6) for _ in range(seeds)])


@pytest.fixture(scope="session")
def running_stand(size):
    # It names models, so it can only be read when the settings are loaded.
    from faults.stand import Stand  # noqa: PLC0415

    stand = Stand()
    try:
        stand.start(size)
        yield stand
    finally:
        stand.stop()


@pytest.fixture
def stand(running_stand):
    """Two loops send; no Celery."""
    running_stand.no_celery()
    running_stand.begin(senders=2)
    return running_stand


@pytest.fixture
def celery_stand(running_stand):
    """A worker of two processes and beat twice send; no loop. They stay up for the next such test."""
    running_stand.begin(senders=0)
    if not running_stand.celery:
        running_stand.have_celery(beats=2)
    return running_stand


@pytest.fixture
def dice(seed):
    return random.Random(seed)


@pytest.fixture(scope="session")
def size(pytestconfig):
    return SIZE[pytestconfig.getoption("--faults")]


@pytest.fixture(scope="session")
def is_long(pytestconfig):
    return pytestconfig.getoption("--faults") == "long"
