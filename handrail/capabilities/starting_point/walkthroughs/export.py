"""Marks for their owner's own export, in the words of the pages."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.capabilities.starting_point.queries import opened
from handrail.capabilities.starting_point.walkthroughs import queries
from handrail.capabilities.starting_point.walkthroughs.models import SharedMarks
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.presenters import (
    MARK_WORDS,
    happened_in_words,
    names_in_words,
    networks_in_words,
)
from handrail.capabilities.starting_point.walkthroughs.sheet import MarkSheet
from handrail.foundation.lifecycle.registry import Read
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault


def marks_to_read(request: HttpRequest) -> Iterator[Read]:
    """The signed-in person's own sheet, if there is one."""
    row = queries.own_marks(request)
    if row is not None:
        yield Read(row, {"sheet": marks_in_words(queries.own_mark_sheet(request))})


def marks_in_words(sheet: MarkSheet) -> str:
    """Every mark with its day, also of items that are in the pack no more; what is begun; networks; what was passed on,
    waits, and was shared."""
    lines = []
    for walkthrough_id, marks in sheet.marks.items():
        for item_id, mark in marks.items():
            day = sheet.day_of(walkthrough_id, item_id)
            when = f" ({day.isoformat()})" if day else ""
            lines.append(f"{_name_of(walkthrough_id, item_id)}: {MARK_WORDS[mark]}{when}")
    for key, stand in sheet.stands.items():
        said = _("begun, at %(number)d") % {"number": stand.at}
        lines.append(": ".join(one for one in (_name_of(*key.split("#", 1)), stand.case, said) if one))
    lines += [words for words in (networks_in_words(sheet), happened_in_words(sheet)) if words]
    lines += [names_in_words(sorted(sheet.passed_on))] if sheet.passed_on else []
    lines += [names_in_words(names) for names in (sheet.wishes, *sheet.shown.values()) if names]
    return "\n".join(lines)


def _name_of(walkthrough_id: str, item_id: str) -> str:
    shown = walkthrough_pack().get(walkthrough_id)
    if shown is None:
        return f"{walkthrough_id}: {item_id}"
    titles = {item.id: item.title for item in shown.items}
    return f"{shown.title}: {titles.get(item_id, item_id)}"


def shared_marks_to_read(request: HttpRequest) -> Iterator[Read]:
    """What the signed-in person shared, and what was shared with them."""
    vault = opened(request)
    both = Q(account=vault.account_id) | Q(conversation__participants__account=vault.account_id)
    for row in SharedMarks.objects.filter(both).distinct().order_by("shared_on", "pk"):
        yield Read(row, {"sections": _copy_in_words(vault, row.conversation_id)})


def _copy_in_words(vault: OpenVault, conversation_id: int) -> str | None:
    try:
        shared = queries.shared_marks_in(vault, conversation_id)
    except NotShared:
        return None
    if shared is None:
        return None
    return "\n".join(f"{one.heading}: {key}: {value}" for one in shared.sections for key, value in one.rows)
