"""Settings of the tests: the program's own, with a throw-away environment."""

import os
import tempfile
from pathlib import Path

os.environ.update(
    HANDRAIL_MODE="production",
    HANDRAIL_SECRET_KEY="a-secret-of-the-tests-and-nothing-else-0123456789",
    HANDRAIL_BASE_URL="http://localhost:8000",
    HANDRAIL_DATA_DIR=str(Path(tempfile.gettempdir()) / "handrail-tests"),
    HANDRAIL_MAIL_URL="",
)

from handrail.config.settings import *  # noqa: F403
from handrail.config.settings import DATABASES

ALLOWED_HOSTS = ["*"]
SECOND_FACTOR_REQUIRED = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["TEST"] = {}
