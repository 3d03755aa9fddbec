"""What a person types about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.people.models import Role
from handrail.design.forms import ChoicesField, ConsentField, EmailField, Form, TextField


class PersonForm(Form):
    name = TextField(label=_("Name"), maximum=200)
    email = EmailField(
        label=_("E-mail address (if there is one)"),
        hint=_("Any address they read, also a private one. Without one you can print a letter with a code."),
        maximum=254,
        required=False,
    )
    job_title = TextField(label=_("What they do (if you like)"), maximum=300, required=False)
    unit = TextField(label=_("Unit or team (if there is one)"), maximum=200, required=False)


class AddForm(PersonForm):
    """Somebody new; where there is somebody of this name already, it is asked once more."""

    somebody_else = ConsentField(label=_("Yes, this is somebody else. Add them"), required=False)

    def __init__(self, *arguments: Any, namesakes: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if not namesakes:
            del self.fields["somebody_else"]


class RolesForm(Form):
    roles = ChoicesField(
        label=_("Roles in this organisation"),
        hint=_("Leaders and mentors need no role: they become that when they are paired."),
        choices=[
            (Role.Name.COORDINATOR, _("Coordinator: runs the scheme")),
            (Role.Name.SPONSOR, _("Sponsor: sees figures about groups, never about one person")),
            (Role.Name.EDITOR, _("Editor: writes the open content")),
        ],
        required=False,
    )

    understood = ConsentField(label=_("I have read this. Save it all the same"), required=False)

    def __init__(self, *arguments: Any, warned: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if not warned:
            del self.fields["understood"]


class OrganisationForm(Form):
    name = TextField(label=_("Name of the organisation"), maximum=200)
    coordinator_name = TextField(label=_("Who will coordinate: their name"), maximum=200)
    coordinator_email = EmailField(label=_("Their e-mail address"), maximum=254)
