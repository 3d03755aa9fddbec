"""The weekly note: chosen, put off, sent, ended; and the pause. Nothing here opens the vault."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from handrail.capabilities.accounts.queries import zone_of
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.plan.models import Plan, WeeklyNote
from handrail.capabilities.pairings.plan.weekly import emails, rules
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


@transaction.atomic
def choose_note(*, by: Account, weekday: int, hour: int, this_week: bool = True) -> WeeklyNote:
    """One note a week at this hour, from now on; from next week where this week's ten minutes are done."""
    now, zone = clock.now(), zone_of(by)
    row = WeeklyNote.objects.select_for_update().filter(account=by).first() or WeeklyNote(account=by)
    row.weekday, row.hour, row.on = weekday, hour, True
    away = _away_until(by.pk)
    later = None if this_week else rules.next_week(now, zone)
    row.next_at = rules.next_time(
        now, zone, weekday=weekday, hour=hour, not_before=max(filter(None, (away, later)), default=None)
    )
    row.save()
    return row


def _away_until(account_id: int) -> date | None:
    return Plan.objects.filter(account=account_id, paused=True).values_list("paused_until", flat=True).first()


@transaction.atomic
def stop_note(*, by: Account) -> None:
    WeeklyNote.objects.filter(account=by).update(on=False)


@transaction.atomic
def stop_note_called(*, note_id: UUID) -> None:
    """By the link in the note itself, which needs no sign-in. Twice is once."""
    WeeklyNote.objects.filter(pk=note_id).update(on=False)


@transaction.atomic
def put_off_note(*, account_id: int) -> None:
    """The leader has been at their plan this week, whatever they did there: the next note is next week's."""
    row = WeeklyNote.objects.select_for_update().select_related("account").filter(account=account_id, on=True).first()
    if row is None:
        return
    _set_next(row, not_before=rules.next_week(clock.now(), zone_of(row.account)))


def _set_next(row: WeeklyNote, *, not_before: date | None) -> None:
    next_at = rules.next_time(
        clock.now(), zone_of(row.account), weekday=row.weekday, hour=row.hour, not_before=not_before
    )
    row.next_at = max(row.next_at, next_at)
    row.save(update_fields=["next_at"])


@transaction.atomic
def pause_plan(*, by: Account, until: date | None) -> None:
    """Nothing is expected, and no note goes out. Why is asked and written nowhere."""
    rules.check_pause(until, clock.today())
    Plan.objects.filter(account=by).update(paused=True, paused_until=until)
    row = WeeklyNote.objects.select_for_update().select_related("account").filter(account=by, on=True).first()
    if row is not None and until is not None:
        _set_next(row, not_before=until)


@transaction.atomic
def come_back(*, by: Account) -> None:
    """The pause is over; the next note goes out at its usual hour."""
    Plan.objects.filter(account=by).update(paused=False, paused_until=None)
    row = WeeklyNote.objects.select_for_update().select_related("account").filter(account=by, on=True).first()
    if row is not None:
        row.next_at = rules.next_time(clock.now(), zone_of(by), weekday=row.weekday, hour=row.hour)
        row.save(update_fields=["next_at"])


def notes_due() -> list[UUID]:
    return list(WeeklyNote.objects.filter(on=True, next_at__lte=clock.now()).values_list("pk", flat=True))


@transaction.atomic
def send_note(*, note_id: UUID) -> bool:
    """One note, if it is still due; then the next is a week away. Says whether one was written."""
    now = clock.now()
    due = WeeklyNote.objects.select_for_update(of=("self",)).select_related("account")
    row = due.filter(pk=note_id, on=True, next_at__lte=now).first()
    if row is None:
        return False
    zone = zone_of(row.account)
    sends = not rules.is_late(row.next_at, now) and not is_away(row.account_id) and emails.reaches(row.account)
    if sends:
        emails.tell_that_it_is_ready(row, week=rules.week_of(now, zone))
    row.next_at = rules.next_time(now, zone, weekday=row.weekday, hour=row.hour, not_before=rules.next_week(now, zone))
    row.save(update_fields=["next_at"])
    return sends


def is_away(account_id: int) -> bool:
    """Paused by themselves, or the pair whose plan it is."""
    row = Plan.objects.filter(account=account_id).select_related("pairing").first()
    if row is None:
        return True
    paused = row.pairing is not None and row.pairing.state == Pairing.State.PAUSED
    return paused or rules.is_away(paused=row.paused, until=row.paused_until, today=clock.today())
