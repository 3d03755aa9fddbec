import os

from django.core.wsgi import get_wsgi_application

from handrail.foundation.access.readable import always_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
application = always_utf8(get_wsgi_application())
