"""What every template may know about the installation and the person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from handrail.capabilities.accounts.queries import mail_leaves
from handrail.capabilities.home.navigation import footer_links, language_links, navigation_for
from handrail.capabilities.people.custody.presenters import announcement_for


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "mail_leaves": mail_leaves(),
        "demo_url": reverse("demo") if settings.DEMO else "",
        "navigation": navigation_for(request),
        "footer_links": footer_links(),
        "languages": language_links(request),
        "custody": SimpleLazyObject(lambda: announcement_for(request)),  # asked for by pages about private text only
    }
