"""Reads of marks, with their owner's own open key; of what was shared, with either's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.http import Http404, HttpRequest

from handrail.capabilities.starting_point.queries import Shared, SharedSection, opened, own_row, sheet_in
from handrail.capabilities.starting_point.walkthroughs.models import Marks, SharedMarks
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.sheet import DONE, MarkSheet, mark_sheet_from
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenConversation, OpenVault, open_conversation, open_vault, read

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from handrail.formats.walkthroughs import Item, WalkThrough

ON_REQUEST = "_marks"


@dataclass(frozen=True)
class Seen:
    """The reader's sheet as far as this request can see it: `closed` where there is one that is not open here."""

    sheet: MarkSheet
    closed: bool
    conversation: OpenConversation | None = None


def walkthrough_called(walkthrough_id: str) -> WalkThrough:
    found = walkthrough_pack().get(walkthrough_id)
    if found is None:
        raise Http404
    return found


def item_called(walkthrough: WalkThrough, item_id: str) -> Item:
    found = next((item for item in walkthrough.items if item.id == item_id), None)
    if found is None:
        raise Http404
    return found


def own_marks(request: HttpRequest) -> Marks | None:
    """The signed-in person's own row, unopened; read once a request."""
    if not hasattr(request, ON_REQUEST):
        setattr(request, ON_REQUEST, next(iter(_rows(int(request.user.pk or 0))), None))
    found: Marks | None = getattr(request, ON_REQUEST)
    return found


@prepared
def _rows(account_id: int) -> QuerySet[Marks]:
    return Marks.objects.filter(account=account_id)


def forget_marks(request: HttpRequest) -> None:
    """They were changed in this request: read them again when they are next asked for."""
    request.__dict__.pop(ON_REQUEST, None)


def has_marks(request: HttpRequest) -> bool:
    return own_marks(request) is not None


def seen_sheet(request: HttpRequest) -> Seen:
    """Whoever only reads needs no key: marks are shown where they can be, and a walk-through is read anywhere."""
    row = own_marks(request)
    if row is None:
        return Seen(MarkSheet(), closed=False)
    vault = open_vault(request)
    if vault is None:
        return Seen(MarkSheet(), closed=True)
    conversation, sheet = marks_in(vault, row)
    return Seen(sheet, closed=False, conversation=conversation)


def own_mark_sheet(request: HttpRequest) -> MarkSheet:
    """The owner's sheet; an empty one where there is none. The view has seen to it that the vault is open."""
    row = own_marks(request)
    return marks_in(opened(request), row)[1] if row else MarkSheet()


def mark_sheet_of(vault: OpenVault) -> MarkSheet:
    """The same for whoever has no request: read anew."""
    row = Marks.objects.filter(account=vault.account_id).first()
    return marks_in(vault, row)[1] if row else MarkSheet()


def marks_in(vault: OpenVault, row: Marks) -> tuple[OpenConversation, MarkSheet]:
    """The row's conversation and sheet. Whoever began again with a new key finds an empty one."""
    conversation = open_conversation(vault, row.conversation_id)
    try:
        return conversation, mark_sheet_from(read(conversation, row, "sheet"))
    except NotShared:
        return conversation, MarkSheet()


def marks_beside() -> QuerySet[Marks]:
    """For the account of an outer read: what it marked, unopened."""
    return Marks.objects.filter(account=OuterRef("account"))


def number_done_in(
    vault: OpenVault, row_id: Any, conversation_id: int, sheet: bytes, *, without: Collection[tuple[str, str]] = ()
) -> int:
    """How many small things are done in a row that was read beside something else.

    `without`: walk-through and part of what is counted as a step of a plan already.
    """
    _conversation, marked = marks_in(vault, Marks(pk=row_id, conversation_id=conversation_id, sheet=sheet))
    counted = {(name, item) for name, marks in marked.marks.items() for item, mark in marks.items() if mark == DONE}
    pack = walkthrough_pack()
    items = [(one, pack[name].items) for name, one in without if name in pack]
    return len(counted - {(item.home, item.id) for one, among in items for item in among if item.id == one})


def worries_told(request: HttpRequest, seen: Seen) -> tuple[str, ...]:
    """The worries that the leader tapped in their starting point; none where it is not open here.

    Marks lie in the same conversation as the answers, so what was opened for them is not opened twice.
    """
    row = own_row(request)
    vault = open_vault(request) if row else None
    if row is None or vault is None:
        return ()
    return sheet_in(vault, row, seen.conversation)[1].chosen.get("worries", ())


def marks_shared_since(conversation_id: int | None) -> date | None:
    """The day marks were shared in this conversation; None where none are."""
    return SharedMarks.objects.filter(conversation=conversation_id).values_list("shared_on", flat=True).first()


def has_shared_marks_in(conversation_id: int | None) -> bool:
    return conversation_id is not None and SharedMarks.objects.filter(conversation=conversation_id).exists()


def shared_marks_in(vault: OpenVault, conversation_id: int) -> Shared | None:
    """What was shared in this conversation, for either of its two; None where nothing is, or their key is new."""
    row = SharedMarks.objects.filter(conversation=conversation_id).first()
    if row is None:
        return None
    try:
        kept = json.loads(read(open_conversation(vault, conversation_id), row, "sections"))
    except NotShared:
        return None
    sections = [SharedSection(one["id"], one["heading"], [(key, value) for key, value in one["rows"]]) for one in kept]
    return Shared(sections, row.shared_on)
