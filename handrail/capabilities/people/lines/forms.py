"""What a coordinator says about whom somebody reports to."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.people.models import Person
from handrail.design.forms import Form, RadiosField

NOBODY, UNKNOWN = "nobody", "unknown"


class LineForm(Form):
    """One of the people found, nobody, or not known."""

    manager = RadiosField(label=_("Who is it?"), choices=[])

    def __init__(self, *arguments: Any, found: Iterable[Person], **more: Any) -> None:
        super().__init__(*arguments, **more)
        field = self.fields["manager"]
        assert isinstance(field, RadiosField)
        people = list(found)
        field.choices = [
            *((str(one.pk), one.name) for one in people),
            (NOBODY, _("Nobody: they stand at the head")),
            (UNKNOWN, _("Not known")),
        ]
        field.hints = {str(one.pk): " · ".join(filter(None, (one.job_title, one.unit))) for one in people}
