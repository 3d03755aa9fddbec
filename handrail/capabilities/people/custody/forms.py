"""What somebody says when their private space opens with the custodians' help."""

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import ConsentField, Form, RadiosField

OWN, SHARED = "own", "shared"


class TakePartForm(Form):
    understood = ConsentField(
        label=_("I trust that no two of these three act together against me"),
        missing=_("Please tick the box if you want to take part. You do not have to."),
    )


class SpokenForm(Form):
    spoken = ConsentField(
        label=_("I have spoken with this person, and it is they who ask"),
        missing=_("Speak with them first: anybody can write a message in their name."),
    )


class OpenForm(Form):
    device = RadiosField(
        label=_("Is this your own device?"),
        choices=[(OWN, _("Yes, it is my own")), (SHARED, _("No, it is shared or borrowed"))],
        initial=OWN,
    )
