"""The one message to a pair that was brought along."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.emails import tell
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import each_and_other
from handrail.foundation.languages import in_language_of

TOLD = (Pairing.State.AGREED, Pairing.State.PAUSED)


def tell_brought(pairing: Pairing) -> None:
    """Nothing has changed for the two; whoever was only proposed, or is done, is not written to."""
    if pairing.state not in TOLD:
        return
    link = settings.BASE_URL + reverse("pairing", args=[pairing.pk])
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            facts = {"name": person.name, "other": other.name, "link": link}
            text = _(
                "Dear %(name)s,\n\nYour meetings with %(other)s go on as before. From now on there is a place for your "
                "times and for notes that only you two can read: %(link)s"
            )
            tell(person, "changed", _("A place for your meetings"), text % facts)
