"""The day somebody comes back."""

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import DateField, Form


class BackForm(Form):
    day = DateField(label=_("Or until a day"), missing=_("Write a day, or tap one of the others above."))
