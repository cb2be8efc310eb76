"""The portal's settings with shorter patience. With REAL_TIMES=1 nothing is shortened."""

import os

from portal.settings import *  # noqa: F403

if not os.environ.get("REAL_TIMES"):
    OUTBOX_CONNECT_SECONDS = 2
    OUTBOX_COMMAND_SECONDS = 2
    OUTBOX_DOT_SECONDS = 2
    OUTBOX_BREAKER_SECONDS = 2
    OUTBOX_SWEEP_SECONDS = 1
    OUTBOX_RETRY_SECONDS = (1, 1, 2, 2)
    OUTBOX_HOLD_SECONDS = 5
    for job in CELERY_BEAT_SCHEDULE.values():  # noqa: F405
        job["schedule"] = 1.0
