"""What goes along when the plan becomes the pair's."""

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.pairings.plan.together.actions import WITH_DONE, WITH_LINES
from handrail.design.forms import ChoicesField, Form


class TogetherForm(Form):
    parts = ChoicesField(
        label=_("What else goes along, besides the steps to do?"),
        hint=_("Nothing has to."),
        choices=[(WITH_DONE, _("The steps you have done")), (WITH_LINES, _("The lines you wrote on them"))],
        required=False,
    )
