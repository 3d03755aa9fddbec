"""Messages about custodians. Everything that happens is told to whoever it could harm, before it works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.people.custody import queries
from handrail.design.dates import moment_in_words
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message
from handrail.foundation.vault.keys.custody import able_custodians

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.foundation.vault.keys.custody import Asked


def _write(
    person: Person, subject: str, text: str, addresses: set[str] | None = None, organisation_id: int | None = None
) -> None:
    """To the address that the person chose, or to each of these; of an organisation only where its coordinator may see
    it: who takes part, or lost everything, is nobody's business."""
    account = person.account
    chosen = (account.email if account else "") or person.email
    for address in sorted(addresses or {chosen or ""}):
        queue_message(
            kind="role" if organisation_id else "custody",
            organisation_id=organisation_id,
            recipient=account,
            to_address=address,
            to_name=person.name,
            subject=subject,
            text=text,
        )


def ask_custodian(person: Person) -> None:
    with in_language_of(person.account, __name__):
        text = _(
            "Dear %(name)s,\n\n%(organisation)s would like you to be one of three custodians. Two of them together can "
            "help somebody who lost everything to open their private space again, if that person chose to take part. "
            "You read nothing of theirs.\n\nPlease sign in, and see what it means: %(link)s\n\n"
            "You may say no: tell your coordinator."
        ) % {
            "name": person.name,
            "organisation": person.organisation.name,
            "link": settings.BASE_URL + reverse("custody_requests"),
        }
        _write(person, _("Would you be a custodian?"), text, organisation_id=person.organisation_id)


def tell_owner(asked: Asked, say: Callable[[], tuple[str, str]]) -> None:
    """The owner, at every address that is known: somebody else may be reading one of them. `say`: subject and words."""
    link = settings.BASE_URL + reverse("custody_recovery")
    known = queries.persons_by_account(asked.account_id)
    if not known:
        return
    account = known[0].account
    addresses = {person.email.lower() for person in known if person.email}
    if account is not None and account.email:
        addresses.add(account.email)
    with in_language_of(account, __name__):
        subject, words = say()
        text = _(
            "Dear %(name)s,\n\n%(words)s\n\nIf this was not you, refuse it here, on any device: %(link)s\n\n"
            "Nothing is opened before you had three days to refuse."
        ) % {"name": known[0].name, "words": words, "link": link}
        _write(known[0], subject, text, addresses)


def tell_asked(asked: Asked) -> None:
    tell_owner(
        asked,
        lambda: (
            _("You asked your custodians for help"),
            _("Somebody signed in as you has asked the custodians to help open your private space."),
        ),
    )
    for account_id in _custodians_of(asked):
        for person in queries.persons_by_account(account_id)[:1]:
            with in_language_of(person.account, __name__):
                text = _(
                    "Dear %(name)s,\n\n%(owner)s asks their custodians for help. Speak with them first, face to face "
                    "or by telephone: %(link)s"
                ) % {
                    "name": person.name,
                    "owner": queries.names_of([asked.account_id]).get(asked.account_id, ""),
                    "link": settings.BASE_URL + reverse("custody_requests"),
                }
                _write(person, _("Somebody asks for your help"), text)


def tell_helped(asked: Asked, custodian: str) -> None:
    def say() -> tuple[str, str]:
        words = _("%(custodian)s has helped to open your private space.") % {"custodian": custodian}
        if asked.works_from is not None:
            words += " " + _("Two have helped now: it can be opened from %(when)s.") % {
                "when": moment_in_words(asked.works_from)
            }
        return _("A custodian has helped"), words

    tell_owner(asked, say)


def tell_refused(asked: Asked) -> None:
    tell_owner(asked, lambda: (_("Refused"), _("You refused: nothing that the custodians did works any more.")))


def tell_ended(account_id: int) -> None:
    """Taking part ended because the custodians are no more, or will be others."""
    for person in queries.persons_by_account(account_id)[:1]:
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\nYour organisation no longer has the three custodians that you trusted to help you. "
                "They can no longer help you, and nobody else took their place. Make sure that you have your phrase "
                "and your recovery code: %(link)s"
            ) % {"name": person.name, "link": settings.BASE_URL + reverse("safe_devices")}
            _write(person, _("Your custodians have changed"), text)


def _custodians_of(asked: Asked) -> list[int]:
    return [number for number in able_custodians(asked.account_id) if number != asked.account_id]
