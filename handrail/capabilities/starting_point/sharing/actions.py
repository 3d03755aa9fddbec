"""Sharing with a mentor, and taking it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.conversation.actions import change_sheet
from handrail.capabilities.starting_point.models import FindingWord, SharedCopy, StartingPoint
from handrail.capabilities.starting_point.queries import (
    SharedSection,
    forget_row,
    mentors_of,
    own_row,
    sheet_of,
    since_then,
)
from handrail.capabilities.starting_point.sharing.presenters import chosen_sections
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.capabilities.starting_point.steps import step_pack
from handrail.foundation import clock
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault, open_conversation, open_vault, padded, read, write

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.accounts.requests import SignedInRequest
    from handrail.capabilities.people.models import Person


@transaction.atomic
def share_sections(
    *, by: Account, vault: OpenVault, conversation_id: int, names: Sequence[str], left_out: Collection[str] = ()
) -> None:
    """Seal these parts, as they stand now and without the lines left out, for the mentor of this conversation.

    They replace an earlier copy.
    """
    sheet = sheet_of(vault)
    rules.check_can_share(sheet, names)
    sections = chosen_sections(sheet, step_pack(), since_then(vault), names, left_out)
    rules.check_is_something(sections)
    change_sheet(by, vault, lambda held: held.with_left_out(left_out))
    _seal(by, vault, conversation_id, sections)


def _seal(by: Account, vault: OpenVault, conversation_id: int, sections: list[SharedSection]) -> None:
    """The copy for the two; and, in the owner's own sheet, which parts it has."""
    names = [one.id for one in sections]
    change_sheet(by, vault, lambda sheet: sheet.with_shown(conversation_id, names))
    conversation = open_conversation(vault, conversation_id)
    row = SharedCopy.objects.filter(account=by, conversation=conversation_id).first()
    row = row or SharedCopy(account=by, conversation_id=conversation_id)
    text = json.dumps(
        [
            {"id": one.id, "heading": one.heading, "rows": one.rows, "language": one.language, "leads": one.leads}
            for one in sections
        ],
        ensure_ascii=False,
    )
    write(conversation, row, sections=padded(text))
    row.shared_on = clock.today()
    row.save()


@transaction.atomic
def take_back(*, by: Account, vault: OpenVault, conversation_id: int, names: Sequence[str]) -> None:
    """These parts are deleted from the copy, and the copy with the last of them."""
    row = SharedCopy.objects.select_for_update().filter(account=by, conversation=conversation_id).first()
    if row is None:
        return
    try:
        conversation = open_conversation(vault, conversation_id)
    except NotShared:  # begun again with a new key: what cannot be opened cannot be kept in part
        row.delete()
        return
    kept = [one for one in json.loads(read(conversation, row, "sections")) if one["id"] not in names]
    change_sheet(by, vault, lambda sheet: sheet.with_shown(conversation_id, [one["id"] for one in kept]))
    if not kept:
        row.delete()
        return
    write(conversation, row, sections=padded(json.dumps(kept, ensure_ascii=False)))
    row.save(update_fields=["sections"])


def seal_waiting(request: SignedInRequest) -> str:
    """What was to be shared once there is a mentor is sealed now, if there is exactly one and the vault is open.

    Called by the pages that somebody with a wish comes to. Returns what to tell them; empty where nothing happened.
    """
    row = own_row(request)
    vault = open_vault(request) if row is not None and row.wish_waits else None
    if vault is None:
        return ""
    mentors = [one for one in mentors_of(request.user.pk) if one.conversation_id is not None]
    if len(mentors) != 1 or mentors[0].conversation_id is None:
        return ""
    try:
        names = _sealed_wishes(request.user, vault, mentors[0].conversation_id)
    except NotShared:
        return ""
    forget_row(request)
    if not names:
        return ""
    said = _("Shared with %(name)s, as you wished. You can look at it and take it back.")
    return said % {"name": mentors[0].name}


@transaction.atomic
def wish_to_share(
    *, by: Account, vault: OpenVault, names: Sequence[str], left_out: Collection[str] | None = None
) -> None:
    """What is to be shared once there is a mentor, and which of its lines not; no names: nothing any more."""

    def wish(sheet: Sheet) -> Sheet:
        if names:
            rules.check_can_share(sheet, names)
        wished = sheet.with_wishes(names)
        return wished if left_out is None else wished.with_left_out(left_out)

    change_sheet(by, vault, wish)
    StartingPoint.objects.filter(account=by).update(wish_waits=bool(names))


@transaction.atomic
def _sealed_wishes(by: Account, vault: OpenVault, conversation_id: int) -> list[str]:
    sheet = sheet_of(vault)
    sections = chosen_sections(sheet, step_pack(), since_then(vault), sheet.wishes, sheet.left_out)
    if sections:
        _seal(by, vault, conversation_id, sections)
    wish_to_share(by=by, vault=vault, names=())
    return [one.id for one in sections]


@transaction.atomic
def end_sharing(*, conversation_id: int) -> None:
    """The pairing is over: what was shared in it is deleted."""
    SharedCopy.objects.filter(conversation=conversation_id).delete()


@transaction.atomic
def write_words(*, by: Account, person: Person, words: Sequence[str]) -> None:
    """Make these words ordinary text, in place of earlier ones."""
    rules.check_words(words)
    FindingWord.objects.filter(person=person).exclude(word__in=words).delete()
    for word in words:
        FindingWord.objects.get_or_create(person=person, word=word, defaults={"written_on": clock.today()})


@transaction.atomic
def remove_word(*, by: Account, person: Person, word: str) -> None:
    """One of theirs; what else is typed is not looked for, as a NUL is nothing that PostgreSQL can look for."""
    for one in FindingWord.objects.filter(person=person):
        if one.word == word:
            one.delete()
