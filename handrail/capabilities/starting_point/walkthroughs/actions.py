"""Marking, passing on, sharing, taking back, deleting. The audit trail is told nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.starting_point.conversation.actions import SUBJECT
from handrail.capabilities.starting_point.queries import SharedSection, mentors_of
from handrail.capabilities.starting_point.walkthroughs import rules
from handrail.capabilities.starting_point.walkthroughs.models import Marks, SharedMarks
from handrail.capabilities.starting_point.walkthroughs.presenters import chosen_sections
from handrail.capabilities.starting_point.walkthroughs.queries import (
    forget_marks,
    mark_sheet_of,
    marks_in,
    own_marks,
)
from handrail.capabilities.starting_point.walkthroughs.sheet import DONE, MarkSheet, Stand
from handrail.foundation import clock
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import (
    OpenVault,
    open_conversation,
    open_vault,
    own_conversation,
    padded,
    read,
    write,
)

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.accounts.requests import SignedInRequest
    from handrail.formats.walkthroughs import Item, WalkThrough


@transaction.atomic
def mark_item(*, by: Account, vault: OpenVault, walkthrough: WalkThrough, item: Item, mark: str) -> MarkSheet:
    """Seal this mark, in place of an earlier one. It counts in each walk-through that has the item."""
    rules.check_mark(mark)
    return _change(by, vault, lambda sheet: _marked(sheet, item, mark).with_latest(walkthrough.id))


def _marked(sheet: MarkSheet, item: Item, mark: str) -> MarkSheet:
    return sheet.with_mark(item.home, item.id, mark, clock.today())


@transaction.atomic
def choose_case(*, by: Account, vault: OpenVault, walkthrough: WalkThrough, item: Item, case: str) -> MarkSheet:
    """Seal which of its cases somebody has; they then meet nothing of the others."""
    rules.check_case(item, case)
    begun = Stand(case, 1)
    return _change(by, vault, lambda sheet: sheet.with_stand(item.home, item.id, begun).with_latest(walkthrough.id))


@transaction.atomic
def go_on(*, by: Account, vault: OpenVault, walkthrough: WalkThrough, item: Item, at: int, left_out: bool) -> MarkSheet:
    """The thing with this number is done, or left out. After the last, with none left out, the item is done."""

    def change(sheet: MarkSheet) -> MarkSheet:
        after = rules.stand_after(item, rules.stand_in(item, sheet), at, left_out=left_out)
        kept = sheet.with_stand(item.home, item.id, after) if after else _marked(sheet, item, DONE)
        return kept.with_latest(walkthrough.id)

    return _change(by, vault, change)


@transaction.atomic
def stop_at(*, by: Account, vault: OpenVault, walkthrough: WalkThrough, item: Item, at: int) -> MarkSheet:
    """Seal where somebody stops, so that it waits there for them."""

    def change(sheet: MarkSheet) -> MarkSheet:
        stand = rules.stand_in(item, sheet)
        rules.check_can_do(item, stand, at)
        return sheet.with_stand(item.home, item.id, replace(stand, at=at)).with_latest(walkthrough.id)

    return _change(by, vault, change)


@transaction.atomic
def choose_networks(*, by: Account, vault: OpenVault, networks: Sequence[str]) -> MarkSheet:
    rules.check_networks(networks)
    return _change(by, vault, lambda sheet: sheet.with_networks(networks))


@transaction.atomic
def say_what_happened(*, by: Account, vault: OpenVault, what: str) -> MarkSheet:
    """Seal what has happened already, so that what to do now comes first; or that nothing has, and it is not asked."""
    rules.check_happened(what)
    return _change(by, vault, lambda sheet: sheet.with_happened(what))


@transaction.atomic
def note_passed_on(*, by: Account, vault: OpenVault, walkthrough: WalkThrough) -> MarkSheet:
    return _change(by, vault, lambda sheet: sheet.with_passed_on(walkthrough.id))


def _change(by: Account, vault: OpenVault, change: Callable[[MarkSheet], MarkSheet]) -> MarkSheet:
    """Seal the changed sheet; the first time, with a conversation of its owner alone. In the caller's transaction."""
    row = Marks.objects.select_for_update().filter(account=by).first()
    if row is None:
        conversation = own_conversation(vault, SUBJECT)
        row = Marks(account=by, conversation_id=conversation.id)
        sheet = change(MarkSheet())
    else:
        conversation, earlier = marks_in(vault, row)
        sheet = change(earlier)
    write(conversation, row, sheet=sheet.as_text())
    row.save()
    return sheet


@transaction.atomic
def delete_marks(*, by: Account) -> None:
    """Gone with its copies. Who read a copy has read it; older backups expire."""
    SharedMarks.objects.filter(account=by).delete()
    Marks.objects.filter(account=by).delete()


@transaction.atomic
def share_marks(*, by: Account, vault: OpenVault, conversation_id: int, names: Sequence[str]) -> None:
    """Seal what is marked in these walk-throughs, as it stands now, for the mentor of this conversation."""
    sections = chosen_sections(mark_sheet_of(vault), names)
    rules.check_can_share(names, [one.id for one in sections])
    _seal(by, vault, conversation_id, sections)


def _seal(by: Account, vault: OpenVault, conversation_id: int, sections: list[SharedSection]) -> None:
    """The copy for the two; and, in the owner's own sheet, which walk-throughs it has."""
    _change(by, vault, lambda sheet: sheet.with_shown(conversation_id, [one.id for one in sections]))
    conversation = open_conversation(vault, conversation_id)
    row = SharedMarks.objects.filter(account=by, conversation=conversation_id).first()
    row = row or SharedMarks(account=by, conversation_id=conversation_id)
    text = json.dumps(
        [{"id": one.id, "heading": one.heading, "rows": one.rows} for one in sections], ensure_ascii=False
    )
    write(conversation, row, sections=padded(text))
    row.shared_on = clock.today()
    row.save()


@transaction.atomic
def take_marks_back(*, by: Account, vault: OpenVault, conversation_id: int, names: Sequence[str]) -> None:
    """These walk-throughs (without a name: all) are deleted from the copy, and the copy with the last of them."""
    row = SharedMarks.objects.select_for_update().filter(account=by, conversation=conversation_id).first()
    if row is None:
        return
    try:
        conversation = open_conversation(vault, conversation_id)
    except NotShared:  # begun again with a new key: what cannot be opened cannot be kept in part
        row.delete()
        return
    kept = [one for one in json.loads(read(conversation, row, "sections")) if names and one["id"] not in names]
    _change(by, vault, lambda sheet: sheet.with_shown(conversation_id, [one["id"] for one in kept]))
    if not kept:
        row.delete()
        return
    write(conversation, row, sections=padded(json.dumps(kept, ensure_ascii=False)))
    row.save(update_fields=["sections"])


@transaction.atomic
def wish_to_share_marks(*, by: Account, vault: OpenVault, names: Sequence[str]) -> None:
    """What is to be shared once there is a mentor; no names: nothing any more."""
    if names:
        sections = chosen_sections(mark_sheet_of(vault), names)
        rules.check_can_share(names, [one.id for one in sections])
    _change(by, vault, lambda sheet: sheet.with_wishes(names))
    Marks.objects.filter(account=by).update(wish_waits=bool(names))


def seal_waiting_marks(request: SignedInRequest) -> str:
    """What was to be shared once there is a mentor is sealed now, if there is exactly one and the vault is open.

    Returns what to tell the owner; empty where nothing happened.
    """
    row = own_marks(request)
    vault = open_vault(request) if row is not None and row.wish_waits else None
    if vault is None:
        return ""
    mentors = [one for one in mentors_of(request.user.pk) if one.conversation_id is not None]
    if len(mentors) != 1 or mentors[0].conversation_id is None:
        return ""
    try:
        shared = _seal_wishes(request.user, vault, mentors[0].conversation_id)
    except NotShared:
        return ""
    forget_marks(request)
    if not shared:
        return ""
    return _("Shared with %(name)s, as you wished. You can look at it and take it back.") % {"name": mentors[0].name}


@transaction.atomic
def _seal_wishes(by: Account, vault: OpenVault, conversation_id: int) -> bool:
    sheet = mark_sheet_of(vault)
    sections = chosen_sections(sheet, sheet.wishes)
    if sections:
        _seal(by, vault, conversation_id, sections)
    wish_to_share_marks(by=by, vault=vault, names=())
    return bool(sections)


@transaction.atomic
def end_sharing_marks(*, conversation_id: int) -> None:
    """The pairing is over: what was shared in it is deleted."""
    SharedMarks.objects.filter(conversation=conversation_id).delete()
