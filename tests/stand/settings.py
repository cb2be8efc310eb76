"""The portal's settings with shorter patience. With REAL_TIMES=1 nothing is shortened."""

import os
from datetime import timedelta

from portal.settings import *  # noqa: F403

OFTEN = (timedelta(seconds=15), timedelta(seconds=30))

if not os.environ.get("REAL_TIMES"):
    OUTBOX_CONNECT_SECONDS = 2
    OUTBOX_COMMAND_SECONDS = 2
    OUTBOX_DOT_SECONDS = 2
    OUTBOX_BREAKER_SECONDS = 2
    OUTBOX_SWEEP_SECONDS = 1
    OUTBOX_RETRY_SECONDS = (1, 1, 2, 2)
    OUTBOX_HOLD_SECONDS = 5
    # Only what is quick and often: the nightly work done every second would leave no time for letters.
    for name, job in CELERY_BEAT_SCHEDULE.items():  # noqa: F405
        if name.endswith("-outbox") or job["schedule"] in OFTEN:
            job["schedule"] = 1.0
