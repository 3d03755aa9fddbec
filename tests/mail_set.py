"""An installation with a mail server, for the tests that sign in by a code: no server is there, and none is asked."""

from django.test import override_settings

MAIL_URL = "smtp+plain://127.0.0.1:9"


def with_mail() -> override_settings:
    return override_settings(MAIL_URL=MAIL_URL)
