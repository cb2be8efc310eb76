"""The settings of the stand, with a kind of notice of the tests and the pages that post it."""

from stand.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "faults.apps.FaultsConfig"]  # noqa: F405
ROOT_URLCONF = "faults.web"
