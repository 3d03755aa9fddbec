"""Reads of starting points. Answers are read with their owner's own open key, what was shared with either's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string

from handrail.capabilities.starting_point.models import FindingWord, Invitation, SharedCopy, StartingPoint
from handrail.capabilities.starting_point.sheet import Sheet, sheet_from
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.keys import opens_on_devices_only
from handrail.foundation.vault.texts import OpenConversation, OpenVault, open_conversation, open_vault, read

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


@dataclass(frozen=True)
class OwnState:
    """What is known of somebody's starting point without opening it."""

    begun: bool
    at_rest: bool
    wish_waits: bool
    invitation: Invitation | None


@dataclass(frozen=True)
class Mentor:
    """Somebody the owner may share with: a pairing that runs, its conversation, and where it is looked at."""

    name: str
    conversation_id: int | None
    address: str


@dataclass(frozen=True)
class SharedSection:
    """One part of a starting point as the mentor sees it."""

    id: str
    heading: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Shared:
    """What one mentor can read while one request lasts."""

    sections: list[SharedSection]
    shared_on: date


def own_state(request: HttpRequest) -> OwnState:
    row = StartingPoint.objects.filter(account=request.user.pk).only("at_rest", "wish_waits").first()
    return OwnState(
        begun=row is not None,
        at_rest=row is not None and row.at_rest,
        wish_waits=row is not None and row.wish_waits,
        invitation=own_invitation(request),
    )


def own_invitation(request: HttpRequest) -> Invitation | None:
    """The newest invitation of the signed-in person, with who asked."""
    invitations = Invitation.objects.filter(person__account=request.user.pk, person__left_on__isnull=True)
    return invitations.select_related("asked_by", "scheme__organisation").first()


def has_begun(request: HttpRequest) -> bool:
    return StartingPoint.objects.filter(account=request.user.pk).exists()


def opened(request: HttpRequest) -> OpenVault:
    """The reader's vault; the view has seen to it that it is open."""
    vault = open_vault(request)
    if vault is None:
        raise Http404
    return vault


def sheet_of(vault: OpenVault) -> Sheet:
    """The owner's sheet; an empty one where there is none, or where its key is lost for good."""
    row = StartingPoint.objects.filter(account=vault.account_id).first()
    return sheet_in(vault, row)[1] if row else Sheet()


def sheet_in(vault: OpenVault, row: StartingPoint) -> tuple[OpenConversation, Sheet]:
    """The row's conversation and sheet. Whoever began again with a new key finds an empty one."""
    conversation = open_conversation(vault, row.conversation_id)
    try:
        return conversation, sheet_from(read(conversation, row, "sheet"))
    except NotShared:
        return conversation, Sheet()


def mentors_of(account_id: int) -> list[Mentor]:
    """Who may be shared with. Pairings stand above: the settings name where they are asked."""
    ask: Callable[[int], list[Mentor]] = import_string(settings.STARTING_POINT_MENTORS)
    return ask(account_id)


def has_shared_in(conversation_id: int | None) -> bool:
    return conversation_id is not None and SharedCopy.objects.filter(conversation=conversation_id).exists()


def shared_in(vault: OpenVault, conversation_id: int) -> Shared | None:
    """What was shared in this conversation, for either of its two; None where nothing is, or their key is new."""
    row = SharedCopy.objects.filter(conversation=conversation_id).first()
    if row is None:
        return None
    try:
        kept = json.loads(read(open_conversation(vault, conversation_id), row, "sections"))
    except NotShared:
        return None
    sections = [SharedSection(one["id"], one["heading"], [(key, value) for key, value in one["rows"]]) for one in kept]
    return Shared(sections, row.shared_on)


def words_of(person: Person) -> list[str]:
    """The words that this leader made ordinary, to find a mentor by."""
    return list(FindingWord.objects.filter(person=person).values_list("word", flat=True))


def only_this_device_opens(request: HttpRequest) -> bool:
    """Whether nothing but a device opens the owner's private space yet."""
    return not settings.DEMO and opens_on_devices_only(int(request.user.pk or 0))
