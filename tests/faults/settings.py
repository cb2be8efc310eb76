"""The settings of the stand, with a kind of notice of the tests and the pages that post it."""

from stand.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "faults.apps.FaultsConfig"]  # noqa: F405
ROOT_URLCONF = "faults.web"
OUTBOX_HOLD_SECONDS = 0
# Long enough that a busy machine makes no letter doubtful.
OUTBOX_DOT_SECONDS = 4

# As in an office: error pages of our own. The files of `static/` need no hashed names here.
DEBUG = False
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
