"""Custodians in words, and what every page about private text says while they are on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from handrail.capabilities.people.custody import queries
from handrail.capabilities.people.custody.queries import Custodians
from handrail.capabilities.people.models import Person
from handrail.design.parts import Row, Task
from handrail.foundation.vault.keys import custody
from handrail.foundation.vault.keys.custody import NEEDED, Asked


@dataclass(frozen=True)
class Announcement:
    """What stands on each page about private text: nothing where custodians are off and the person takes no part."""

    organisation: str
    names: str
    takes_part: bool
    asked_on: str

    def __bool__(self) -> bool:
        return bool(self.organisation or self.takes_part)


def announcement_for(request: HttpRequest) -> Announcement:
    custodians = queries.custodians_for(request) if request.user.is_authenticated else None
    if custodians is None:  # turning it off ends every part that was taken
        return Announcement("", "", takes_part=False, asked_on="")
    assert request.user.pk is not None
    asked = custody.request_of(request.user.pk)
    return Announcement(
        custodians.organisation.name,
        names(custodians),
        takes_part=custody.takes_part(request.user.pk),
        asked_on=date_format(localtime(asked.asked_at), "j F Y, H:i") if asked else "",
    )


def names(custodians: Custodians) -> str:
    first = [person.name for person in custodians.persons]
    return _("%(some)s and %(last)s") % {"some": ", ".join(first[:-1]), "last": first[-1]} if len(first) > 1 else ""


def custodian_tasks(persons: list[Person], ready: set[int]) -> list[tuple[Person, str]]:
    """Each custodian, and whether something can be sealed to them."""
    return [
        (one, _("Ready") if one.pk in ready else _("Has left") if one.left_on else _("Has no private space yet"))
        for one in persons
    ]


def people_to_choose(people: list[Person], address: str) -> list[Task]:
    return [
        Task(one.name, f"{address}{one.pk}/", hint=" · ".join(filter(None, (one.job_title, one.unit))))
        for one in people
    ]


def progress_of(asked: Asked) -> list[Row]:
    """How far a request is, for its owner."""
    helped = queries.names_of(asked.helped_by)
    rows = [Row(_("Asked"), _at(asked.asked_at))]
    rows += [Row(_("Has helped"), helped.get(account_id, "–")) for account_id in asked.helped_by]
    if asked.works_from is not None:
        rows.append(Row(_("Works from"), _at(asked.works_from)))
    else:
        missing = NEEDED - len(asked.helped_by)
        rows.append(Row(_("Still to help"), _("One more custodian") if missing == 1 else _("Two of the custodians")))
    rows.append(Row(_("Ends by itself"), _at(asked.expires_at)))
    return rows


def requests_to_help(requests: list[Asked], address: str) -> list[Task]:
    owners = queries.names_of([asked.account_id for asked in requests])
    return [
        Task(
            owners.get(asked.account_id, "–"),
            f"{address}{asked.id}/",
            hint=_("Asked on %(day)s") % {"day": _at(asked.asked_at)},
        )
        for asked in requests
    ]


def _at(moment: object) -> str:
    return date_format(localtime(moment), "j F Y, H:i")  # type: ignore[arg-type]
