"""Celery application. The schedule lives in settings; every task is safe to run twice."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_the_logging_of_django(**kwargs: Any) -> None:
    """Celery sets up no logging of its own where this signal has a receiver: one form for all."""
