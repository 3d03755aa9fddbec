"""Writes about the end of a scheme. What becomes of its pairs is written where pairs are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from handrail.capabilities.schemes.ending import queries, rules
from handrail.capabilities.schemes.ending.models import Ending
from handrail.capabilities.schemes.ending.rules import Standing
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.sign_up.actions import forget_sign_ups
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


@transaction.atomic
def think_of_end(*, by: Account, scheme: Scheme, answers: Mapping[str, Any]) -> None:
    """Keep one page of it at once. Nobody is told, and nothing ends by it."""
    rules.check_can_become(_locked(scheme), Standing.ENDING)
    if "day" in answers:
        rules.check_day(answers["day"], clock.today())
    Ending.objects.update_or_create(scheme=scheme, defaults=dict(answers))


@transaction.atomic
def decide_end(*, by: Account, scheme: Scheme) -> Ending:
    """From now on the scheme has a last day."""
    scheme = _locked(scheme)
    rules.check_can_become(scheme, Standing.ENDING)
    ending = queries.ending_of(scheme)
    rules.check_day(ending.day, clock.today())
    scheme.ends_on, ending.decided_on = ending.day, clock.today()
    scheme.save(update_fields=["ends_on"])
    ending.save()
    record(by=by, what="scheme.end_decided", subject=scheme, organisation_id=scheme.organisation_id)
    return ending


@transaction.atomic
def take_end_back(*, by: Account, scheme: Scheme) -> Scheme:
    scheme = _locked(scheme)
    rules.check_can_become(scheme, Standing.RUNNING)
    scheme.ends_on = None
    scheme.save(update_fields=["ends_on"])
    Ending.objects.filter(scheme=scheme).update(decided_on=None)
    record(by=by, what="scheme.end_taken_back", subject=scheme, organisation_id=scheme.organisation_id)
    return scheme


@transaction.atomic
def end_scheme(*, scheme: Scheme) -> None:
    """Its last day has passed. What people signed up with was given for being paired in it, and goes."""
    scheme = _locked(scheme)
    rules.check_can_become(scheme, Standing.ENDED)
    scheme.ended_on = clock.today()
    scheme.save(update_fields=["ended_on"])
    forget_sign_ups(scheme=scheme)
    record(by=None, what="scheme.ended", subject=scheme, organisation_id=scheme.organisation_id)


def _locked(scheme: Scheme) -> Scheme:
    return Scheme.objects.select_for_update(of=("self",)).select_related("organisation", "asked_by").get(pk=scheme.pk)
