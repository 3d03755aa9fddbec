"""Reads of one's own conversations, with one's own open key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest

from handrail.capabilities.pairings import queries as pairings
from handrail.capabilities.pairings.rules import State
from handrail.capabilities.participation import rules
from handrail.capabilities.participation.models import ExportLoad, Gathered, Picture, SharedPicture
from handrail.capabilities.participation.sheet import Sheet, sheet_from
from handrail.capabilities.people.queries import me
from handrail.capabilities.starting_point.queries import own_row
from handrail.foundation.lifecycle.registry import Read
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault, open_conversation, open_vault, read

if TYPE_CHECKING:
    from handrail.capabilities.pairings.queries import OwnPairing


@dataclass(frozen=True)
class SharedWith:
    """A pairing of one's own in which the picture may be, or is, shown."""

    own: OwnPairing
    shared_on: date | None


def own_picture(request: HttpRequest) -> Picture | None:
    """The signed-in person's, unopened; None where they have not asked."""
    return next(iter(_pictures(me(request).pk)), None)


@prepared
def _pictures(person_id: int) -> QuerySet[Picture]:
    return Picture.objects.filter(person=person_id)


def has_log(organisation_id: int) -> bool:
    """Whether any export was loaded and measured."""
    return bool(_measured(organisation_id))


@prepared
def _measured(organisation_id: int) -> QuerySet[Gathered, int]:
    return Gathered.objects.filter(organisation=organisation_id, acts__gt=0).values_list("pk", flat=True)


def places(organisation_id: int) -> list[str]:
    """What kinds of export were loaded, as their readers name them."""
    return list(_places(organisation_id))


@prepared
def _places(organisation_id: int) -> QuerySet[ExportLoad, str]:
    loaded = ExportLoad.objects.filter(organisation=organisation_id, state=ExportLoad.State.DONE)
    return loaded.order_by("format").values_list("format", flat=True).distinct()


def may_look() -> Q:
    """For the person of an outer read: whether their conversations come to something, or they asked already."""
    measured = Gathered.objects.filter(organisation=OuterRef("organisation"), acts__gt=0)
    return Q(Exists(measured)) | Q(Exists(Picture.objects.filter(person=OuterRef("pk"))))


def opened(request: HttpRequest) -> OpenVault:
    """The reader's vault; the view has seen to it that it is open."""
    vault = open_vault(request)
    if vault is None:
        raise Http404
    return vault


def sheet_of(vault: OpenVault, picture: Picture) -> Sheet | None:
    """What was sealed for its reader; None while nothing was, or where their key is a new one."""
    if picture.conversation_id is None or not picture.sheet:
        return None
    try:
        return sheet_from(read(open_conversation(vault, picture.conversation_id), picture, "sheet"))
    except NotShared:
        return None


@dataclass(frozen=True)
class Around:
    """What stands around the picture: since when its owner takes part, and with whom it may be, or is, shared."""

    began_on: date | None
    sharing: list[SharedWith]


def around(request: HttpRequest) -> Around:
    """Since the starting point, or the first pairing as a leader; the running pairings that they lead."""
    row = own_row(request)
    led = [own for own in pairings.own_pairings(request) if own.side == "leader"]
    days = [row.started_on if row else None, *(own.pairing.agreed_at and own.pairing.agreed_at.date() for own in led)]
    began = rules.first_day(days)
    running = [own for own in led if own.pairing.state in (State.AGREED, State.PAUSED)]
    since = dict(_shared_by(int(request.user.pk or 0))) if running else {}
    return Around(began, [SharedWith(own, since.get(own.pairing.pk)) for own in running])


@prepared
def _shared_by(account_id: int) -> QuerySet[SharedPicture, Any]:
    return SharedPicture.objects.filter(account=account_id).values_list("pairing", "shared_on")


def share_with(request: HttpRequest, pairing_id: int) -> SharedWith:
    for one in around(request).sharing:
        if one.own.pairing.pk == pairing_id:
            return one
    raise Http404


def shown_in(request: HttpRequest) -> set[int]:
    """The ids of the running pairings in which the signed-in mentor was shown their leader's picture."""
    return set(_shown_to(int(request.user.pk or 0)))


@prepared
def _shown_to(account_id: int) -> QuerySet[SharedPicture, int]:
    running = Q(pairing__state=State.AGREED) | Q(pairing__state=State.PAUSED)
    shared = SharedPicture.objects.filter(running, pairing__mentor__account=account_id)
    return shared.values_list("pairing", flat=True)


def shown_pairing(request: HttpRequest, pairing_id: int) -> OwnPairing:
    """A pairing in which something was shown to the signed-in mentor; to everybody else it does not exist."""
    if pairing_id not in shown_in(request):
        raise Http404
    return pairings.own_pairing(request, pairing_id)


def shared_sheet(vault: OpenVault, own: OwnPairing) -> tuple[Sheet, date]:
    """What the leader chose to show, for either of the two while the pairing runs."""
    row = SharedPicture.objects.filter(pairing=own.pairing.pk).first()
    if row is None or own.pairing.state not in (State.AGREED, State.PAUSED):
        raise Http404
    try:
        return sheet_from(read(open_conversation(vault, row.conversation_id), row, "sheet")), row.shared_on
    except NotShared:
        raise Http404 from None


def pictures_to_read(request: HttpRequest) -> list[Read]:
    """For the export of one's own data."""
    vault = opened(request)
    found = []
    for picture in Picture.objects.filter(account=vault.account_id, conversation__isnull=False):
        try:
            text = read(open_conversation(vault, picture.conversation_id or 0), picture, "sheet").rstrip()
        except NotShared:
            found.append(Read(picture, {"sheet": None}))
        else:
            found.append(Read(picture, {"sheet": text}))
    return found


def shared_pictures_to_read(request: HttpRequest) -> list[Read]:
    """What one showed one's mentor, and what one was shown."""
    vault = opened(request)
    found = []
    for own in pairings.own_pairings(request):
        for row in SharedPicture.objects.filter(pairing=own.pairing.pk):
            try:
                text = read(open_conversation(vault, row.conversation_id), row, "sheet").rstrip()
            except NotShared:
                found.append(Read(row, {"sheet": None}))
            else:
                found.append(Read(row, {"sheet": text}))
    return found
