"""The portal's settings with shorter patience, and a kind of notice of the tests.

With FAULTS_REAL_TIMES=1 nothing is shortened; `make faults` does that on request.
"""

import os

from portal.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "faults.apps.FaultsConfig"]  # noqa: F405
ROOT_URLCONF = "faults.web"

if not os.environ.get("FAULTS_REAL_TIMES"):
    OUTBOX_CONNECT_SECONDS = 2
    OUTBOX_COMMAND_SECONDS = 2
    OUTBOX_DOT_SECONDS = 2
    OUTBOX_BREAKER_SECONDS = 2
    OUTBOX_SWEEP_SECONDS = 1
    OUTBOX_RETRY_SECONDS = (1, 1, 2, 2)
    for job in CELERY_BEAT_SCHEDULE.values():  # noqa: F405
        job["schedule"] = 1.0
