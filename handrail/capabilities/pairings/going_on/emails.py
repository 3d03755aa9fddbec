"""Messages about going on. They say that there is a question, and neither why nor whose it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.emails import tell
from handrail.capabilities.pairings.rules import each_and_other
from handrail.foundation.languages import in_language_of

if TYPE_CHECKING:
    from handrail.capabilities.pairings.models import Pairing
    from handrail.capabilities.people.models import Person

# Not among the kinds that a coordinator passes on: these are for the two alone.
KIND = "notice"


def ask_how(pairing: Pairing) -> None:
    link = settings.BASE_URL + reverse("pairing_how", args=[pairing.pk])
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            facts = {"name": person.name, "other": other.name, "link": link}
            text = _(
                "Dear %(name)s,\n\nHow shall it go on with you and %(other)s? Go on, pause, change or end: one tap is "
                "enough. You two are asked, and nobody else: %(link)s"
            )
            tell(person, KIND, _("A short question"), text % facts)


def words_about_change(person: Person, other: Person, link: str) -> str:
    """The same to both, whoever would like the change; it is previewed before anything is sent."""
    return _(
        "Dear %(name)s,\n\nThings move on, and so may you and %(other)s. Please say, for yourself, what you would like "
        "next: somebody else, a rest, or to stay together. Your answer is yours: %(other)s does not read it, and the "
        "coordinator learns only what you would like next, once you two have both answered: %(link)s"
    ) % {"name": person.name, "other": other.name, "link": link}


def ask_next(pairing: Pairing) -> None:
    link = settings.BASE_URL + reverse("pairing_next", args=[pairing.pk])
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            tell(person, KIND, _("What would you like next?"), words_about_change(person, other, link))
