"""Writes about how a scheme is set up: settling, outcomes, the next cohort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from handrail.capabilities.schemes.joining.actions import copy_joining
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up import queries, rules
from handrail.capabilities.schemes.set_up.models import Outcome, SetUp
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account

OF_SCHEME = ("name", "purpose", "asked_by", "threshold")  # what stands on the scheme itself
COPIED = ("weeks", "rhythm", "who_may_join", "about_data", "pairs_agree")
COPIED_OUTCOME = ("name", "strategy_line", "measure", "owner", "review_on")


@transaction.atomic
def settle(*, by: Account, scheme: Scheme, answers: Mapping[str, Any]) -> None:
    """Keep one page of the set-up at once."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if "threshold" in answers:
        rules.check_threshold(scheme.threshold, answers["threshold"])
    on_scheme = {name: value for name, value in answers.items() if name in OF_SCHEME}
    for name, value in on_scheme.items():
        setattr(scheme, name, value)
    scheme.save(update_fields=list(on_scheme))
    beside = {name: value for name, value in answers.items() if name not in OF_SCHEME}
    if beside:
        SetUp.objects.update_or_create(scheme=scheme, defaults=beside)
    record(by=by, what="scheme.changed", subject=scheme, organisation_id=scheme.organisation_id)


@transaction.atomic
def write_outcome(*, by: Account, scheme: Scheme, outcome: Outcome | None, answers: Mapping[str, Any]) -> Outcome:
    """A new outcome, or a running one changed. Today's figure keeps the day on which it was written."""
    if outcome is None:
        rules.check_can_add_outcome(len(queries.outcomes_of(scheme)))
    else:
        rules.check_can_change_outcome(outcome)
    rules.check_review(answers["review_on"], clock.today())
    outcome = outcome or Outcome(scheme=scheme)
    if answers["figure"] != outcome.figure:
        outcome.figure_on = clock.today() if answers["figure"] else None
    for name, value in answers.items():
        setattr(outcome, name, value)
    outcome.save()
    record(by=by, what="scheme.outcome_written", subject=scheme, organisation_id=scheme.organisation_id)
    return outcome


@transaction.atomic
def settle_outcome(*, by: Account, outcome: Outcome, state: str, found: str, said: str) -> None:
    """Reached, or stopped: both are ends to be open about, with the figure of that day and why. Its words stay."""
    rules.check_can_change_outcome(outcome)
    outcome.state, outcome.found, outcome.said = rules.State(state), found, said
    outcome.settled_on = clock.today()
    outcome.save(update_fields=["state", "found", "said", "settled_on"])
    scheme = outcome.scheme
    record(by=by, what="scheme.outcome_settled", subject=scheme, organisation_id=scheme.organisation_id)


@transaction.atomic
def prepare_next(*, by: Account, scheme: Scheme, name: str) -> Scheme:
    """The same scheme once more, for the next cohort: prepared while this one runs. No person comes along, and no
    figure: where things stand today has to be measured anew."""
    fresh = Scheme.objects.create(
        organisation=scheme.organisation,
        name=name,
        purpose=scheme.purpose,
        asked_by=scheme.asked_by,
        contact=scheme.contact,
        threshold=scheme.threshold,
        draft=True,
    )
    fresh.spans.set(scheme.spans.all())
    usual = queries.set_up_of(scheme)
    SetUp.objects.create(scheme=fresh, **{name: getattr(usual, name) for name in COPIED})
    copy_joining(by=by, scheme=scheme, fresh=fresh)
    for outcome in Outcome.objects.filter(scheme=scheme, state=rules.State.RUNNING):
        Outcome.objects.create(scheme=fresh, **{name: getattr(outcome, name) for name in COPIED_OUTCOME})
    record(by=by, what="scheme.next_prepared", subject=fresh, organisation_id=scheme.organisation_id)
    return fresh


@transaction.atomic
def start_prepared(*, by: Account, scheme: Scheme) -> None:
    """From now on invitations, sign-ups and new pairs are in this one; pairs of the earlier one go on in theirs."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    rules.check_can_start(scheme)
    scheme.draft, scheme.created_at = False, clock.now()
    scheme.save(update_fields=["draft", "created_at"])
    record(by=by, what="scheme.started", subject=scheme, organisation_id=scheme.organisation_id)
