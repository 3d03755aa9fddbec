"""Notes in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.notes.queries import OpenNote
from handrail.capabilities.pairings.queries import OwnPairing


@dataclass(frozen=True)
class NoteCard:
    heading: str
    text: str
    edit_href: str


def note_cards(notes: list[OpenNote], own: OwnPairing, *, can_write: bool, alone: bool) -> list[NoteCard]:
    return [
        NoteCard(
            heading=_heading(note),
            text=note.text if note.text is not None else _shut(own, alone=alone),
            edit_href=reverse("pairing_note", args=[own.pairing.pk, note.id])
            if note.mine and can_write and note.text is not None
            else "",
        )
        for note in notes
    ]


def _shut(own: OwnPairing, *, alone: bool) -> str:
    if alone:
        return _("This note is gone. Only you could read it, and you began again since. Nobody can bring it back.")
    return _("Written before you began again. %(name)s can share it with you again.") % {"name": own.other.name}


def _heading(note: OpenNote) -> str:
    day = date_format(timezone.localtime(note.written_at), "j F, H:i")
    words = _("%(name)s, %(day)s") % {"name": _("You") if note.mine else note.author, "day": day}
    return words + (" " + _("(changed)") if note.changed else "")
