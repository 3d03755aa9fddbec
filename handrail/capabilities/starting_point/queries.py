"""Reads of starting points. Answers are read with their owner's own open key, what was shared with either's."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string

from handrail.capabilities.starting_point.conversation.presenters.mixture import (
    APPROACHES,
    SEEN,
    mixture_in_lines,
    share_in_words,
)
from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS
from handrail.capabilities.starting_point.conversation.presenters.result import lasts, opened_by
from handrail.capabilities.starting_point.models import FindingWord, Invitation, SharedCopy, StartingPoint
from handrail.capabilities.starting_point.sheet import Sheet, sheet_from
from handrail.capabilities.starting_point.steps import Since, StepPack, step_pack
from handrail.foundation import clock
from handrail.foundation.languages import SOURCE
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.keys import opens_on_devices_only
from handrail.foundation.vault.texts import OpenConversation, OpenVault, open_conversation, open_vault, read, to_read

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

__all__ = [
    "APPROACHES",
    "SEEN",
    "Since",
    "StepPack",
    "lasts",
    "mixture_in_lines",
    "opened_by",
    "share_in_words",
    "step_pack",
]

ON_REQUEST = "_starting_point"
READING = "_vault_to_read"
GOALS = WORDS["role_goal"].options  # what a leader may want to achieve, by id


@dataclass(frozen=True)
class OwnState:
    """What is known of somebody's starting point without opening it."""

    begun: bool
    at_rest: bool
    wish_waits: bool
    invitation: Invitation | None
    since_today: bool = False  # begun today: what others ask can wait until another day


@dataclass(frozen=True)
class Mentor:
    """Somebody the owner may share with: a pairing that runs, its conversation, and where each part is looked at."""

    name: str
    conversation_id: int | None
    address: str
    walkthroughs_address: str = ""


@dataclass(frozen=True)
class SharedSection:
    """One part of a starting point as the mentor sees it, in the language it was shared in.

    `leads`: in what would help, the heaviest approach's id. `lines`: before it is shared, the id of each row.
    """

    id: str
    heading: str
    rows: list[tuple[str, str]]
    leads: str = ""
    language: str = SOURCE
    lines: tuple[str, ...] = ()

    def without(self, left_out: Collection[str]) -> SharedSection:
        """Only the lines that are not among these; an approach that is left out leads nobody's page."""
        kept = [(line, row) for line, row in zip(self.lines, self.rows, strict=True) if line not in left_out]
        return replace(
            self,
            rows=[row for _line, row in kept],
            lines=tuple(line for line, _row in kept),
            leads="" if self.leads in left_out else self.leads,
        )


@dataclass(frozen=True)
class Shared:
    """What one mentor can read while one request lasts."""

    sections: list[SharedSection]
    shared_on: date


def own_state(request: HttpRequest) -> OwnState:
    row = own_row(request)
    return OwnState(
        begun=row is not None,
        at_rest=row is not None and row.at_rest,
        wish_waits=row is not None and row.wish_waits,
        invitation=None if row else own_invitation(request),
        since_today=row is not None and row.started_on == clock.today(),
    )


def own_row(request: HttpRequest) -> StartingPoint | None:
    """The signed-in person's own, unopened; read once a request."""
    if not hasattr(request, ON_REQUEST):
        setattr(request, ON_REQUEST, next(iter(_rows(int(request.user.pk or 0))), None))
    found: StartingPoint | None = getattr(request, ON_REQUEST)
    return found


@prepared
def _rows(account_id: int) -> QuerySet[StartingPoint]:
    return StartingPoint.objects.filter(account=account_id)


def started_in(organisation_id: int) -> dict[int, date]:
    """By person of an organisation: the day they began their starting point. That they did is ordinary."""
    begun = StartingPoint.objects.filter(account__people__organisation=organisation_id)
    return dict(begun.values_list("account__people", "started_on").filter(account__people__left_on__isnull=True))


def forget_row(request: HttpRequest) -> None:
    """It was changed in this request: read it again when it is next asked for."""
    request.__dict__.pop(ON_REQUEST, None)


def own_invitation(request: HttpRequest, side: str = Invitation.Side.LEADER) -> Invitation | None:
    """The newest invitation of the signed-in person to be this, with who asked; none once they said “not for me”."""
    if not hasattr(request, "_invitations"):
        request._invitations = list(_invitations(int(request.user.pk or 0)))  # type: ignore[attr-defined]
    return next((one for one in request._invitations if one.side == side), None)  # type: ignore[attr-defined]


@prepared
def _invitations(account_id: int) -> QuerySet[Invitation]:
    invitations = Invitation.objects.filter(person__account=account_id, person__left_on__isnull=True, in_peace=False)
    return invitations.select_related("asked_by", "scheme__organisation")


def has_begun(request: HttpRequest) -> bool:
    return own_row(request) is not None


def opened(request: HttpRequest) -> OpenVault:
    """The reader's vault; the view has seen to it that it is open. A look opens each conversation once."""
    vault = opened_if_it_is(request)
    if vault is None:
        raise Http404
    return vault


def opened_if_it_is(request: HttpRequest) -> OpenVault | None:
    """The same for a page that asks nobody to open anything."""
    vault = open_vault(request)
    if vault is None or request.method not in ("GET", "HEAD"):
        return vault
    kept: OpenVault = request.__dict__.setdefault(READING, to_read(vault))
    return kept


def own_sheet(request: HttpRequest) -> Sheet:
    """The owner's sheet; an empty one where there is none, or where its key is lost for good."""
    row = own_row(request)
    return sheet_in(opened(request), row)[1] if row else Sheet()


def has_no_time(request: HttpRequest) -> bool:
    """Whether the signed-in person said that they have no time now, as far as this device opens it."""
    row, vault = own_row(request), opened_if_it_is(request)
    return row is not None and vault is not None and sheet_in(vault, row)[1].has_no_time


def sheet_of(vault: OpenVault) -> Sheet:
    """The same for whoever has no request: read anew."""
    row = next(iter(_rows(vault.account_id)), None)
    return sheet_in(vault, row)[1] if row else Sheet()


def sheet_in(
    vault: OpenVault, row: StartingPoint, opened_before: OpenConversation | None = None
) -> tuple[OpenConversation, Sheet]:
    """The row's conversation and sheet. Whoever began again with a new key finds an empty one."""
    if opened_before is None or opened_before.id != row.conversation_id:
        opened_before = open_conversation(vault, row.conversation_id)
    conversation = opened_before
    try:
        return conversation, sheet_from(read(conversation, row, "sheet"))
    except NotShared:
        return conversation, Sheet()


def mentors_of(account_id: int) -> list[Mentor]:
    """Who may be shared with. Pairings stand above: the settings name where they are asked."""
    ask: Callable[[int], list[Mentor]] = import_string(settings.STARTING_POINT_MENTORS)
    return ask(account_id)


def names_of_mentors(request: HttpRequest) -> list[str]:
    return [one.name for one in mentors_of(int(request.user.pk or 0))]


def since_then(vault: OpenVault, *, beside: int | None = None) -> Since:
    """What a pair saw together, and what became of the steps. Plans stand above, as pairings do.

    `beside`: a conversation that the page opens as well.
    """
    ask: Callable[[OpenVault, int | None], Since] = import_string(settings.STARTING_POINT_SINCE)
    return ask(vault, beside)


def shared_since(conversation_id: int | None) -> date | None:
    """The day something was shared in this conversation; None where nothing is."""
    return None if conversation_id is None else next(iter(_shared_on(conversation_id)), None)


@prepared
def _shared_on(conversation_id: int) -> QuerySet[SharedCopy, date]:
    return SharedCopy.objects.filter(conversation=conversation_id).values_list("shared_on", flat=True)


def has_shared_in(conversation_id: int | None) -> bool:
    return shared_since(conversation_id) is not None


def shared_in(vault: OpenVault, conversation_id: int) -> Shared | None:
    """What was shared in this conversation, for either of its two; None where nothing is, or their key is new."""
    row = SharedCopy.objects.filter(conversation=conversation_id).first()
    if row is None:
        return None
    try:
        kept = json.loads(read(open_conversation(vault, conversation_id), row, "sections"))
    except NotShared:
        return None
    sections = [
        SharedSection(
            one["id"],
            one["heading"],
            [(key, value) for key, value in one["rows"]],
            one.get("leads", ""),
            one.get("language", SOURCE),
        )
        for one in kept
    ]
    return Shared(sections, row.shared_on)


def approach_shared_in(vault: OpenVault, conversation_id: int) -> str:
    """The id of the approach that leads in what was shared in this conversation; "" where that part was not."""
    shared = shared_in(vault, conversation_id)
    return next((one.leads for one in shared.sections if one.leads), "") if shared else ""


def words_of(person: Person) -> list[str]:
    """The words that this leader made ordinary, to find a mentor by."""
    return list(FindingWord.objects.filter(person=person).values_list("word", flat=True))


def only_this_device_opens(request: HttpRequest) -> bool:
    """Whether nothing but a device opens the owner's private space yet."""
    return opens_on_devices_only(int(request.user.pk or 0))
