"""Who may report to whom."""

from collections.abc import Set

from django.utils.translation import gettext as _

from handrail.capabilities.people.models import Person
from handrail.foundation.access.refusal import Refused


def check_can_report_to(person: Person, manager: Person, *, above_manager: Set[int]) -> None:
    """`above_manager`: the ids of everybody above whoever is to be the manager."""
    if person.pk == manager.pk:
        raise Refused(_("Nobody reports to themselves. Choose somebody else, or say that nobody stands above."))
    if manager.organisation_id != person.organisation_id:
        raise Refused(_("%(name)s is in another organisation. Choose somebody of this one.") % {"name": manager.name})
    if manager.left_on is not None:
        raise Refused(_("%(name)s has left. Choose somebody else.") % {"name": manager.name})
    if person.pk in above_manager:
        names = {"manager": manager.name, "person": person.name}
        raise Refused(
            _(
                "%(manager)s reports to %(person)s, straight or through others, so the line would go round in a "
                "circle. Change whom %(manager)s reports to first, or choose somebody else."
            )
            % names
        )


def can_report_to(person: Person, manager: Person, *, above_manager: Set[int]) -> bool:
    try:
        check_can_report_to(person, manager, above_manager=above_manager)
    except Refused:
        return False
    return True
