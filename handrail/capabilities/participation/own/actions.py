"""Writes about one's own conversations: ask to see them, stop and delete, show a mentor, take it back.

None of it stands in the audit trail: whether somebody looks at their own is nobody else's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings.actions import begin_conversation
from handrail.capabilities.participation import jobs, rules
from handrail.capabilities.participation.models import Picture, SharedPicture
from handrail.capabilities.participation.sheet import Sheet, text_of
from handrail.foundation import clock
from handrail.foundation.vault.texts import Conversation, OpenVault, open_conversation, write

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.queries import OwnPairing
    from handrail.capabilities.people.models import Person


@transaction.atomic
def ask_for_picture(*, by: Account, person: Person) -> Picture:
    """From now on what this person's conversations come to is measured, for them alone. Asked again, made again."""
    picture, _made = Picture.objects.get_or_create(
        person_id=person.pk, defaults={"account_id": by.pk, "asked_on": clock.today()}
    )
    jobs.make_picture.enqueue(picture_id=str(picture.pk))
    return picture


@transaction.atomic
def forget_picture(*, by: Account, picture: Picture) -> None:
    """Delete it, and what was shown of it; nothing is measured about this person any more."""
    SharedPicture.objects.filter(account=by).delete()
    if picture.conversation_id is not None:
        Conversation.objects.filter(pk=picture.conversation_id).delete()
    Picture.objects.filter(pk=picture.pk).delete()


@transaction.atomic
def share_picture(*, by: Account, vault: OpenVault, own: OwnPairing, sheet: Sheet) -> SharedPicture:
    """Seal a copy, as it stands now and without the names of others, to the two of a pairing."""
    begin_conversation(own.pairing)
    rules.check_can_share(sheet, own.pairing.conversation_id)
    assert own.pairing.conversation_id is not None, "held against the rule above"
    conversation = open_conversation(vault, own.pairing.conversation_id)
    SharedPicture.objects.filter(pairing=own.pairing.pk).delete()
    shared = SharedPicture(
        account_id=by.pk, pairing_id=own.pairing.pk, conversation_id=conversation.id, shared_on=clock.today()
    )
    write(conversation, shared, sheet=text_of(sheet.without_contacts()))
    shared.save()
    return shared


@transaction.atomic
def take_back_picture(*, by: Account, own: OwnPairing) -> None:
    SharedPicture.objects.filter(pairing=own.pairing.pk, account=by).delete()
