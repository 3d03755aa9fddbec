"""Who may arrange times, what may be offered, and which state of a session may follow which."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.models import Pairing, Session, TimeOffer
from handrail.foundation.access.refusal import Refused

MAXIMUM_OFFERS = 6
FURTHEST = timedelta(days=400)
MINUTES = (20, 30, 45, 60)

State = Session.State
NEXT: dict[str, set[str]] = {
    State.AGREED: {State.HELD, State.MISSED, State.CANCELLED},
    State.HELD: {State.MISSED},
    State.MISSED: {State.HELD},
    State.CANCELLED: set(),
}


def _holds(check: Callable[..., None], *facts: object, **named: object) -> bool:
    try:
        check(*facts, **named)
    except Refused:
        return False
    return True


def check_can_arrange(pairing: Pairing, side: str) -> None:
    """One of the two, or the delegate of one of the two, while the pairing runs."""
    if side not in ("leader", "mentor"):
        raise Refused(_("Only the two, or whoever arranges their times, can do this."))
    if pairing.state != Pairing.State.AGREED:
        raise Refused(_("Times can be arranged while the pairing runs."))


def can_arrange(pairing: Pairing, side: str) -> bool:
    return _holds(check_can_arrange, pairing, side)


def check_can_use_time(starts_at: datetime, *, taken: Collection[datetime], now: datetime) -> None:
    if starts_at <= now:
        raise Refused(_("This time has passed. Choose a later one."))
    if starts_at > now + FURTHEST:
        raise Refused(_("This is more than a year away. Choose an earlier time."))
    if starts_at in taken:
        raise Refused(_("You meet at this time already. Choose another one."))


def can_use_time(starts_at: datetime, *, taken: Collection[datetime], now: datetime) -> bool:
    return _holds(check_can_use_time, starts_at, taken=taken, now=now)


def check_can_offer(
    pairing: Pairing,
    side: str,
    *,
    times: Collection[datetime],
    offered: Collection[datetime],
    taken: Collection[datetime],
    now: datetime,
) -> None:
    check_can_arrange(pairing, side)
    if not times:
        raise Refused(_("Choose at least one time."))
    if len({*times, *offered}) > MAXIMUM_OFFERS:
        raise Refused(_("Six times on offer are plenty. Take one back first, or choose fewer."))
    for starts_at in times:
        check_can_use_time(starts_at, taken=taken, now=now)


def can_offer(
    pairing: Pairing,
    side: str,
    *,
    times: Collection[datetime],
    offered: Collection[datetime],
    taken: Collection[datetime],
    now: datetime,
) -> bool:
    return _holds(check_can_offer, pairing, side, times=times, offered=offered, taken=taken, now=now)


def offered_by_side(pairing: Pairing, offer: TimeOffer) -> str:
    """The side whose times these are."""
    return "leader" if offer.offered_by_id == pairing.leader_id else "mentor"


def check_can_withdraw(pairing: Pairing, side: str, offer: TimeOffer) -> None:
    check_can_arrange(pairing, side)
    if offered_by_side(pairing, offer) != side:
        raise Refused(_("The other side offered this time, and can take it back."))


def can_withdraw(pairing: Pairing, side: str, offer: TimeOffer) -> bool:
    return _holds(check_can_withdraw, pairing, side, offer)


def check_can_choose(
    pairing: Pairing, side: str, offer: TimeOffer, *, taken: Collection[datetime], now: datetime
) -> None:
    check_can_arrange(pairing, side)
    if offered_by_side(pairing, offer) == side:
        raise Refused(_("You offered this time. The other side chooses it."))
    check_can_use_time(offer.starts_at, taken=taken, now=now)


def can_choose(pairing: Pairing, side: str, offer: TimeOffer, *, taken: Collection[datetime], now: datetime) -> bool:
    return _holds(check_can_choose, pairing, side, offer, taken=taken, now=now)


def check_can_change(session: Session, side: str, now: datetime) -> None:
    """Move it, call it off, or say where it is."""
    check_can_arrange(session.pairing, side)
    if session.state != State.AGREED:
        raise Refused(_("This session is settled. Offer new times instead."))
    if session.starts_at <= now:
        raise Refused(_("This session has begun. Say whether you met, or offer new times."))


def can_change(session: Session, side: str, now: datetime) -> bool:
    return _holds(check_can_change, session, side, now)


def check_can_move(
    session: Session, side: str, starts_at: datetime, *, taken: Collection[datetime], now: datetime
) -> None:
    check_can_change(session, side, now)
    check_can_use_time(starts_at, taken=taken, now=now)


def can_move(session: Session, side: str, starts_at: datetime, *, taken: Collection[datetime], now: datetime) -> bool:
    return _holds(check_can_move, session, side, starts_at, taken=taken, now=now)


def check_can_settle(session: Session, side: str, is_delegate: bool, state: str, now: datetime) -> None:
    """Say whether the two met. Theirs alone: a delegate arranges times and nothing more."""
    if side not in ("leader", "mentor") or is_delegate:
        raise Refused(_("Only the two can say whether they met."))
    if state not in (State.HELD, State.MISSED) or state not in NEXT[session.state]:
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))
    if session.starts_at > now:
        raise Refused(_("This session is still to come."))


def can_settle(session: Session, side: str, is_delegate: bool, state: str, now: datetime) -> bool:
    return _holds(check_can_settle, session, side, is_delegate, state, now)
