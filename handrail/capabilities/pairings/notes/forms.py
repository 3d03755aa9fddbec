"""What somebody writes into a note."""

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import Form, LongTextField


class NoteForm(Form):
    text = LongTextField(
        label=_("Write a note"),
        missing=_("Write a word or two first. Nothing was saved, and nothing is lost."),
        maximum=20_000,
    )
