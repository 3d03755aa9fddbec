"""Settings of the tests; filled in with the Django project."""

SECRET_KEY = "tests"
INSTALLED_APPS: list[str] = []
USE_TZ = True
