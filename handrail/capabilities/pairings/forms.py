"""What a person types about a pairing."""

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import Form, LongTextField, TextField


class AskForm(Form):
    words = LongTextField(
        label=_("Why you ask, and why now"),
        hint=_("Two or three sentences. Both read the same words."),
        maximum=1000,
    )
    reason_to_go_on = TextField(
        label=_("Why this pairing is right all the same"),
        hint=_("Only you and other coordinators read this."),
        maximum=300,
        required=False,
    )
