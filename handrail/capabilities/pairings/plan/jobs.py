"""Every few minutes: the weekly notes that are due. Opens no vault."""

from uuid import UUID

from handrail.capabilities.pairings.plan.weekly import actions
from handrail.foundation.jobs.job import job


@job(every="5 minutes")
def send_weekly_notes() -> None:
    for note_id in actions.notes_due():
        send_weekly_note.enqueue(note_id=note_id.hex)


@job()
def send_weekly_note(note_id: str) -> None:
    actions.send_note(note_id=UUID(note_id))
