"""Messages about the end of a scheme: a day, a thank you and a link; never how a pair has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.emails import tell
from handrail.capabilities.pairings.rules import each_and_other
from handrail.foundation.languages import in_language_of

if TYPE_CHECKING:
    from handrail.capabilities.pairings.models import Pairing
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.ending.models import Ending
    from handrail.capabilities.schemes.models import Scheme

KIND = "changed"  # a coordinator may pass it on by hand


def _day(ending: Ending) -> str:
    return date_format(ending.day, "j F Y") if ending.day else ""


def words_to_two(name: str, other: str, ending: Ending, link: str) -> str:
    """What each of a pair reads once the end is decided; previewed before that."""
    return _(
        "Dear %(name)s,\n\n%(words)s\n\n"
        "Until %(day)s everything stays as it is: you and %(other)s may meet as often as you like. After that your "
        "meetings come to their close by themselves, and you find three short questions, each of which may stay "
        "empty. What you wrote stays readable to you, and to nobody outside the two of you: %(link)s\n\n%(asker)s"
    ) % {
        "name": name,
        "words": ending.words,
        "day": _day(ending),
        "other": other,
        "link": link,
        "asker": _asker(ending.scheme),
    }


def words_to_waiting(name: str, ending: Ending) -> str:
    return _(
        "Dear %(name)s,\n\n%(words)s\n\n"
        "The scheme ends on %(day)s, so nobody new is proposed to you. What you signed up with is deleted after that "
        "day. There is nothing you need to do. Thank you for being ready.\n\n%(asker)s"
    ) % {
        "name": name,
        "words": ending.words,
        "day": _day(ending),
        "asker": _asker(ending.scheme),
    }


def tell_two(pairing: Pairing, ending: Ending) -> None:
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            text = words_to_two(person.name, other.name, ending, _address("pairing", pairing))
            tell(person, KIND, _("Our scheme comes to its close"), text)


def tell_waiting(person: Person, ending: Ending) -> None:
    with in_language_of(person.account, __name__):
        tell(person, KIND, _("Our scheme comes to its close"), words_to_waiting(person.name, ending))


def tell_two_it_goes_on(pairing: Pairing) -> None:
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            facts = {"name": person.name, "other": other.name, "link": _address("pairing", pairing)}
            text = _("Dear %(name)s,\n\nThe scheme goes on after all. For you and %(other)s nothing changes: %(link)s")
            tell(person, KIND, _("Our scheme goes on"), text % facts)


def tell_waiting_it_goes_on(person: Person, scheme: Scheme) -> None:
    with in_language_of(person.account, __name__):
        text = _(
            "Dear %(name)s,\n\nThe scheme goes on after all, and you are still signed up. When there is somebody for "
            "you, you are asked, and you can say no: %(link)s\n\n%(asker)s"
        ) % {"name": person.name, "link": settings.BASE_URL + reverse("sign_up"), "asker": _asker(scheme)}
        tell(person, KIND, _("Our scheme goes on"), text)


def ask_to_look_back(pairing: Pairing) -> None:
    """The day itself."""
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            facts = {"name": person.name, "other": other.name, "link": _address("closing", pairing)}
            text = _(
                "Dear %(name)s,\n\nThe scheme has come to its close, and with it your meetings with %(other)s. Thank "
                "you for the time you gave it. If you like, look back: three short questions, each of which may stay "
                "empty, and beside each stands who reads it: %(link)s"
            )
            tell(person, KIND, _("Thank you, and a look back"), text % facts)


def _address(page: str, pairing: Pairing) -> str:
    return settings.BASE_URL + reverse(page, args=[pairing.pk])


def _asker(scheme: Scheme) -> str:
    return scheme.asked_by.name if scheme.asked_by else scheme.organisation.name
