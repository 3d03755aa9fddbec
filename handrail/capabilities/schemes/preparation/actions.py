"""Writes of preparation and of the mentors' circle."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.schemes.preparation import rules
from handrail.capabilities.schemes.preparation.models import CraftPost, Preparation
from handrail.capabilities.schemes.preparation.scenarios import parts
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.preparation.queries import Reader


@transaction.atomic
def finish_part(*, by: Account, person: Person, number: int) -> Preparation:
    """Note where somebody goes on. Which choice they made is not among it."""
    row, _made = Preparation.objects.select_for_update().get_or_create(person=person)
    row.reached = rules.reached_after(row.reached, number)
    row.prepared = row.prepared or rules.is_through(row.reached, len(parts()))
    row.save()
    return row


@transaction.atomic
def write_post(*, by: Account, reader: Reader, text: str) -> CraftPost:
    rules.check_can_write(is_mentor=reader.is_mentor)
    return CraftPost.objects.create(scheme=reader.scheme, author=reader.person, text=text, written_on=clock.today())


@transaction.atomic
def hide_post(*, by: Account, post: CraftPost) -> None:
    """Somebody finds that it is about a person: gone at once for all but its author and the coordinator.

    Who said so is written nowhere.
    """
    post.hidden = True
    post.save(update_fields=["hidden"])


@transaction.atomic
def show_post(*, by: Account, reader: Reader, post: CraftPost) -> None:
    """The coordinator has read it, and it is about the craft."""
    rules.check_can_delete(post, 0, coordinates=reader.coordinates)
    post.hidden = False
    post.save(update_fields=["hidden"])


@transaction.atomic
def delete_post(*, by: Account, reader: Reader, post: CraftPost) -> None:
    rules.check_can_delete(post, reader.person.pk, coordinates=reader.coordinates)
    if post.author_id != reader.person.pk:
        organisation_id = reader.scheme.organisation_id
        record(by=by, what="circle.post_removed", subject=reader.scheme, organisation_id=organisation_id)
    post.delete()


def forget_old_posts() -> None:
    """A year is enough for what was written in passing."""
    CraftPost.objects.filter(written_on__lt=clock.today() - timedelta(days=rules.KEPT_DAYS)).delete()
