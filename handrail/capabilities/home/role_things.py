"""The next thing of each role that is no side of a pairing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.home.next_thing import NextThing


def of_administrator(organisations: int) -> NextThing:
    if organisations == 0:
        return NextThing(
            _("Add the first organisation"),
            _("Give it a name, and say who coordinates. Then print a letter for that person, or let mail tell them."),
            _("Add an organisation"),
            reverse("organisation_add"),
        )
    return NextThing(
        _("The installation"),
        _("How it is doing, and what needs a hand."),
        _("Look"),
        reverse("installation"),
    )


def of_sponsor(released: str) -> NextThing:
    """`released`: the newest wave whose figures were released; empty where none was."""
    never = _("You will never see anything about one person.")
    if released:
        words = _("%(wave)s is released, about groups.") % {"wave": released}
        return NextThing(_("Figures about groups"), f"{words} {never}", _("Look"), reverse("releases"))
    words = _("Figures about groups stand here once your coordinator has closed a wave.")
    there = reverse("what_each_role_sees", args=["sponsor"])
    return NextThing(_("Nothing to report yet"), f"{words} {never}", _("What each role sees"), there)


def of_stories() -> NextThing:
    return NextThing(
        _("What leaders tell"),
        _("Two sentences each, from whoever wanted to."),
        _("Read them"),
        reverse("stories"),
    )


def of_delegate(names: list[str]) -> NextThing:
    return NextThing(
        _("Times to arrange"),
        _("For %(names)s. You see times and places, and nothing else.") % {"names": ", ".join(names)},
        _("See the times"),
        reverse("arranging"),
    )
