"""The portal's settings with one more app: a kind of notice for the bench."""

from portal.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "bench.letters.apps.LettersConfig"]  # noqa: F405
