"""Reads of the outbox."""

from django.db.models import Count, Q, QuerySet

from handrail.foundation.mail.kinds import ABOUT_MEETINGS, PASSED_ON, SIGN_IN
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.prepared import prepared

TROUBLED = (OutboxMessage.State.FAILED, OutboxMessage.State.UNSURE)


def messages_newest_first(state: str = "") -> QuerySet[OutboxMessage]:
    """To list them; what a message says is read when it is opened."""
    messages = OutboxMessage.objects.defer("text", "calendar").order_by("-created_at", "-pk")
    return messages.filter(state=state) if state in OutboxMessage.State.values else messages


def undelivered_messages(organisation_id: int) -> QuerySet[OutboxMessage]:
    """What did not go, or may not have arrived: for the coordinator of the organisation."""
    own = OutboxMessage.objects.filter(organisation_id=organisation_id, state__in=TROUBLED)
    return own.exclude(kind=SIGN_IN)


def messages_for_coordinator(organisation_id: int) -> QuerySet[OutboxMessage]:
    """What a coordinator may pass on by hand, and whatever did not arrive; never a code that signs somebody in."""
    seen = Q(kind__in=PASSED_ON) | Q(state__in=TROUBLED)
    return messages_newest_first().filter(seen, organisation_id=organisation_id).exclude(kind=SIGN_IN)


def ids_for_coordinator(organisation_id: int, state: str = "") -> list[int]:
    """Which messages those are, the newest first: so that a page of them needs no second look to count them."""
    wanted = {state} if state in OutboxMessage.State.values else set(OutboxMessage.State.values)
    return [pk for pk, is_in in _ids_for_coordinator(organisation_id) if is_in in wanted]


@prepared
def _ids_for_coordinator(organisation_id: int) -> "QuerySet[OutboxMessage, tuple[int, str]]":
    return messages_for_coordinator(organisation_id).values_list("pk", "state")


def messages_called(message_ids: list[int]) -> list[OutboxMessage]:
    """These messages, the newest first."""
    return _called(message_ids)


@prepared
def _called(message_ids: list[int]) -> QuerySet[OutboxMessage]:
    return messages_newest_first().filter(pk__in=message_ids)


def people_with_word(organisation_id: int) -> list[tuple[int, str]]:
    """Accounts and names of those for whom something about their meetings lies here and goes nowhere by itself."""
    return [(account_id, name) for account_id, name in _people_with_word(organisation_id) if account_id is not None]


@prepared
def _people_with_word(organisation_id: int) -> "QuerySet[OutboxMessage, tuple[int | None, str]]":
    return word_for(organisation_id).order_by("to_name", "recipient").values_list("recipient", "to_name").distinct()


def word_for(organisation_id: int, account_id: int | None = None) -> QuerySet[OutboxMessage]:
    held = OutboxMessage.objects.filter(
        organisation_id=organisation_id, kind__in=ABOUT_MEETINGS, state=OutboxMessage.State.HELD
    )
    return held if account_id is None else held.filter(recipient=account_id)


def messages_by_state() -> dict[str, int]:
    counts = OutboxMessage.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict(counts)


def names_on_messages(message_ids: list[int]) -> dict[int, list[str]]:
    """For whom each message is: the name, or the address where there is none."""
    found = OutboxMessage.objects.filter(pk__in=message_ids).order_by().values_list("pk", "to_name", "to_address")
    return {pk: [name or address] for pk, name, address in found if name or address}
