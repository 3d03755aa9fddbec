"""Private text for its owner's own export, in the words of the pages."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.capabilities.starting_point import queries
from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS, answer_in_words
from handrail.capabilities.starting_point.models import SharedCopy
from handrail.capabilities.starting_point.sharing.presenters import left_out_in_words, names_in_words
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.foundation.lifecycle.registry import Read
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault


def sheets_to_read(request: HttpRequest) -> Iterator[Read]:
    """The signed-in person's own sheet, if there is one."""
    row = queries.own_row(request)
    if row is not None:
        yield Read(row, {"sheet": sheet_in_words(queries.own_sheet(request))})


def sheet_in_words(sheet: Sheet) -> str:
    """Every answer, also to questions that are asked no more; what was passed over, waits, and was shared."""
    lines = [f"{words.title} {answer}" for name, words in WORDS.items() if (answer := answer_in_words(sheet, name))]
    lines += [f"{words.title} –" for name, words in WORDS.items() if name in sheet.passed]
    lines += [names_in_words(list(names)) for names in (sheet.wishes, *sheet.shown.values()) if names]
    lines += [_("Left out when sharing: %(lines)s") % {"lines": left_out_in_words(sheet)}] if sheet.left_out else []
    return "\n".join(lines)


def copies_to_read(request: HttpRequest) -> Iterator[Read]:
    """What the signed-in person shared, and what was shared with them."""
    vault = queries.opened(request)
    both = Q(account=vault.account_id) | Q(conversation__participants__account=vault.account_id)
    for row in SharedCopy.objects.filter(both).distinct().order_by("shared_on", "pk"):
        yield Read(row, {"sections": _copy_in_words(vault, row.conversation_id)})


def _copy_in_words(vault: OpenVault, conversation_id: int) -> str | None:
    try:
        shared = queries.shared_in(vault, conversation_id)
    except NotShared:
        return None
    if shared is None:
        return None
    return "\n".join(f"{one.heading}: {key}: {value}" for one in shared.sections for key, value in one.rows)
