import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from handrail.foundation.access.proxies import behind_proxies
from handrail.foundation.access.readable import always_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
application = behind_proxies(always_utf8(get_wsgi_application()), settings.TRUSTED_PROXIES)
