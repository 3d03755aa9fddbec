"""What a coordinator says about a wave."""

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import DateField, Form, TextField


class WaveForm(Form):
    name = TextField(
        label=_("What is it called?"),
        hint=_("For example, “Spring 2027”. Sponsors see this name."),
        missing=_("Please give the wave a name."),
    )
    starts_on = DateField(label=_("First day"), missing=_("Please write the first day."))
    ends_on = DateField(
        label=_("Last day"),
        hint=_("Four weeks after the first, or later. You close the wave once this day is over."),
        missing=_("Please write the last day."),
    )
