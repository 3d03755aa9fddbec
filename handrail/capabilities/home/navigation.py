"""The few links at the top of every page."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from handrail.capabilities.people.queries import persons_of, roles_of
from handrail.design import parts


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    current: bool


def navigation_for(request: HttpRequest) -> list[Link]:
    """The places this person goes to, in the order of use; nothing for somebody not signed in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    places = [(_("Home"), "home")]
    roles = roles_of(request)
    if "coordinator" in roles:
        places += [(_("People"), "people"), (_("Pairings"), "pairings"), (_("Invitations"), "invitations")]
        places += [(_("Messages"), "organisation_messages"), (_("Waves"), "waves")]
    if "administrator" in roles:
        places += [
            (_("Organisations"), "organisations"),
            (_("Conversations"), "exports_choose"),
            (_("Installation"), "installation"),
            (_("Post box"), "post_box"),
        ]
    if len(persons_of(request)) > 1:
        places.append((_("Change organisation"), "organisation_choose"))
    places.append((_("Your account"), "account"))
    return [Link(text, reverse(name), request.path == reverse(name)) for text, name in places]


def footer_links() -> list[Link]:
    """What anyone may read before they trust us."""
    return [Link(_("What each role sees"), reverse("what_each_role_sees"), False)]


@dataclass(frozen=True)
class Languages:
    """The other languages, each by its own name; and a word to whoever reads this page in another than they chose."""

    wanted: str
    links: list[parts.Link]
    note: str


def language_links(request: HttpRequest) -> Languages:
    shown = get_language() or settings.LANGUAGE_CODE
    wanted = getattr(request, "language_wanted", shown)
    back = f"?{urlencode({'next': request.path})}" if request.method == "GET" else ""
    links = [
        parts.Link(name, reverse("language") + back, lang=code) for code, name in settings.LANGUAGES if code != wanted
    ]
    if wanted == shown:
        return Languages(wanted, links, "")
    with override(wanted):
        return Languages(wanted, links, _("This page is not in your language yet, so you read it in English."))
