"""What a person types about their calendar."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import EmailField, Form, TextField


class CalendarForm(Form):
    address = EmailField(
        label=_("Send invitations to"),
        hint=_("Empty: to the address you sign in with. It may be a private one that only you read."),
        required=False,
    )
    title = TextField(
        label=_("What the entry is called in both calendars"),
        hint=_("Empty: “Catch-up”. Whoever runs your calendar can read it."),
        maximum=80,
        required=False,
        autocomplete="off",
    )

    def __init__(self, *args: Any, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leads:  # the leader picks the title
            del self.fields["title"]
