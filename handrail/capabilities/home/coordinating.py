"""What a coordinator finds on home: what comes next, the last few pairings, and the usual ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.home.next_thing import NextThing
from handrail.capabilities.pairings import rules
from handrail.design.parts import Task

if TYPE_CHECKING:
    from handrail.capabilities.home.queries import SchemeInNumbers


def of_coordinator(numbers: SchemeInNumbers) -> NextThing:
    if numbers.people < 3:
        return NextThing(
            _("Bring your people"),
            _("Any list will do: a download from Entra or Google, an organogram, a table with names."),
            _("Bring a people file"),
            reverse("people_import"),
        )
    if numbers.asked + numbers.agreed == 0:
        return NextThing(
            _("Pair the first two"),
            _("Choose a leader and a mentor. Both are asked in your name."),
            _("Pair two people"),
            reverse("pairing_new"),
        )
    if numbers.to_let_in:
        words = ngettext(
            "No message leaves by itself to %(number)d person in a pair. A letter with a code lets them in.",
            "No message leaves by itself to %(number)d people in pairs. Letters with a code let them in.",
            numbers.to_let_in,
        )
        return NextThing(
            _("Let your pairs in"),
            words % {"number": numbers.to_let_in},
            _("Print their letters"),
            reverse("pairing_letters"),
        )
    return NextThing(
        _("Your scheme"),
        _so_far(numbers),
        _("See the pairings"),
        reverse("pairings"),
    )


def _so_far(numbers: SchemeInNumbers) -> str:
    """Only what there is: nobody reads that none has been asked where all have agreed."""
    said = [_agreed(numbers.agreed)] if numbers.agreed else []
    said += [_met(numbers.met)] if numbers.met else []
    said += [_asked(numbers.asked)] if numbers.asked else []
    so_far = f"{', '.join(said)}."
    if numbers.met or not numbers.agreed:
        return so_far
    return f"{so_far} {_('Next, each pair finds a time. Here you see how many have met.')}"


def _met(number: int) -> str:
    return ngettext("%(number)d has met", "%(number)d have met", number) % {"number": number}


def _agreed(number: int) -> str:
    return ngettext("%(number)d pair has agreed", "%(number)d pairs have agreed", number) % {"number": number}


def _asked(number: int) -> str:
    return ngettext("%(number)d has been asked", "%(number)d have been asked", number) % {"number": number}


def ways_of_coordinator(numbers: SchemeInNumbers) -> list[Task]:
    """What a coordinator may come for besides the one next thing."""
    if numbers.people < 3:
        return [
            Task(
                _("You have pairs in a spreadsheet?"),
                reverse("pairs_files"),
                hint=_("Bring it as it is; whoever is in it is added, too"),
            ),
            Task(_("Add a person by hand"), reverse("person_add"), hint=_("A name is enough")),
        ]
    return [
        Task(_("About the scheme"), reverse("scheme"), hint=_("What is worth settling, and everything around it")),
        Task(_("Find pairs for everybody"), reverse("matching"), hint=_("Among those who have signed up")),
        Task(_("Pair two people"), reverse("pairing_new"), hint=_("Both are asked in your name")),
        Task(_("Bring a people file"), reverse("people_import"), hint=_("The first, or a newer one")),
    ]


def asked_by_coordinator(numbers: SchemeInNumbers) -> list[Task]:
    """The last few pairings and how far they are: coarse, and the same whoever has answered."""
    return [
        Task(
            _("%(leader)s and %(mentor)s") % {"leader": pairing.leader.name, "mentor": pairing.mentor.name},
            reverse("pairing_overview", args=[pairing.pk]),
            status=rules.state_in_words(pairing),
            done=pairing.state == rules.State.AGREED,
        )
        for pairing in numbers.newest
    ]
