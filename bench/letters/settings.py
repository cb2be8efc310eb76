"""The portal's settings with one more app: a kind of notice for the bench."""

from portal.settings import *  # noqa: F403

# The task a letter runs as Celery comes: Django's connection is closed around every task.
CELERY_DB_REUSE_MAX = None
INSTALLED_APPS = [*INSTALLED_APPS, "bench.letters.apps.LettersConfig"]  # noqa: F405
