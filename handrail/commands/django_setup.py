"""Commands that need the installation start Django here, and only when they run."""

import os

import django
from django.core.exceptions import ImproperlyConfigured

from handrail.commands.files import WrongUse


def set_up_django() -> None:
    """Load the settings. A missing or senseless one ends the program with one clear line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise WrongUse(f"{error} See docs/reference/settings.md.") from error
