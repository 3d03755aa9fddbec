"""Which state of a load may follow, and what may be said and seen of participation."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.participation.models import ExportLoad, Wave
from handrail.capabilities.participation.sheet import Sheet
from handrail.foundation.access.refusal import Refused

State = ExportLoad.State
MAY_RUN = frozenset({State.WAITING, State.READING, State.FILING})
MAY_STOP = frozenset({State.WAITING, State.READING})
MAY_GO_ON = frozenset({State.STOPPED})
MAY_PUT_ASIDE = frozenset({State.STOPPED, State.FAILED})
IN_MOTION = MAY_RUN
SHORTEST_WAVE = timedelta(weeks=4)


def check_can_stop(load: ExportLoad) -> None:
    if not can_stop(load):
        raise Refused(_("This export is being put in its place, or is through. There is nothing to stop."))


def can_stop(load: ExportLoad) -> bool:
    return load.state in MAY_STOP


def check_can_go_on(load: ExportLoad) -> None:
    if not can_go_on(load):
        raise Refused(_("This export is not waiting to go on. Choose the file again if you need it."))


def can_go_on(load: ExportLoad) -> bool:
    return load.state in MAY_GO_ON and bool(load.stored_name)


def check_can_put_aside(load: ExportLoad) -> None:
    if not can_put_aside(load):
        raise Refused(_("This export is being read, or is loaded already. Stop it first."))


def can_put_aside(load: ExportLoad) -> bool:
    return load.state in MAY_PUT_ASIDE and bool(load.stored_name)


def check_can_delete_before(day: date, today: date) -> None:
    if day > today:
        raise Refused(_("That day has not come yet. Choose today, or a day before."))


def check_can_share(sheet: Sheet, conversation_id: int | None) -> None:
    if sheet.own is None:
        raise Refused(_("There is nothing to show yet. Your conversations were not found in any export."))
    if conversation_id is None:
        raise Refused(_("Your mentor has no private space yet. It begins when they first open your notes."))


def first_day(days: Iterable[date | None]) -> date | None:
    """When somebody began here: the first of the days on which something began for them."""
    return min((day for day in days if day), default=None)


def check_wave(starts_on: date, ends_on: date) -> None:
    if not is_long_enough(starts_on, ends_on):
        raise Refused(_("A wave lasts four weeks or longer, so that it cannot be taken apart day by day."))


def is_long_enough(starts_on: date, ends_on: date) -> bool:
    return ends_on - starts_on >= SHORTEST_WAVE - timedelta(days=1)


def check_can_close(wave: Wave, today: date) -> None:
    if wave.closed_at is not None:
        raise Refused(_("This wave is closed already. Its figures were released once, and stay as they are."))
    if today <= wave.ends_on:
        raise Refused(_("This wave still runs. Close it once its last day is over."))


def can_close(wave: Wave, today: date) -> bool:
    return wave.closed_at is None and today > wave.ends_on
