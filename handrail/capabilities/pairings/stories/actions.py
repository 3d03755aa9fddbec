"""Writes of stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.stories import rules
from handrail.capabilities.pairings.stories.models import Story
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.stories.queries import Reader


@transaction.atomic
def tell_story(*, by: Account, reader: Reader, text: str, named: bool, approved: bool) -> Story:
    """Keep it as it stands; it is shown only when its leader said so. The trail has no entry: it would tell whose."""
    if not reader.leads:
        raise Refused(_("Stories are told by leaders of the scheme."))
    rules.check_story(text)
    said = {"text": text, "named": named, "approved": approved}
    story, _fresh = Story.objects.update_or_create(scheme=reader.scheme, person=reader.person, defaults=said)
    return story


@transaction.atomic
def take_story_back(*, by: Account, reader: Reader) -> None:
    Story.objects.filter(scheme=reader.scheme, person=reader.person).delete()
