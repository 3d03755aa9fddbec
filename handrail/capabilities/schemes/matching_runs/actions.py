"""Writes about runs: starting, solving, changing, handing over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from handrail.capabilities.schemes.matching_runs import queries, rules
from handrail.capabilities.schemes.matching_runs.answers import pack
from handrail.capabilities.schemes.matching_runs.candidates import Candidate
from handrail.capabilities.schemes.matching_runs.models import Counts, Entrant, Hold, ProposedPair, Run
from handrail.capabilities.schemes.matching_runs.what_counts import STAGES, WhatCounts
from handrail.capabilities.schemes.models import Scheme
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.schemes.matching_runs.solving import Held, Solved

Side, Kind, State = Entrant.Side, Hold.Kind, Run.State
Pairs = Iterable[tuple[int, int]]
BATCH = 200


class Stopped(Exception):
    """Somebody cancelled the run while it was looking."""


@transaction.atomic
def set_counts(
    *, by: Account, scheme: Scheme, counts: WhatCounts, leaders: Sequence[Candidate], mentors: Sequence[Candidate]
) -> dict[str, Any]:
    """Keep what counts, and what it would do among those who signed up; nothing is looked for yet."""
    effect = _solving().effect_of(leaders, mentors, counts) if leaders and mentors else {}
    values = {"what_counts": counts.as_settings(), "effect": effect, "looked_at": clock.now()}
    Counts.objects.update_or_create(scheme=scheme, defaults=values)
    record(by=by, what="matching.counts_set", subject=scheme, organisation_id=scheme.organisation_id)
    return effect


@transaction.atomic
def start_run(
    *,
    by: Account | None,
    scheme: Scheme,
    leaders: Sequence[Candidate],
    mentors: Sequence[Candidate],
    before: Pairs = (),
) -> Run:
    """Look for pairs among these, in a job. before: pairs that were asked or together before, and are not to be again.

    Their sign-up words are kept with the run as they are now; what somebody would rather not is not.
    """
    scheme = _locked(scheme)
    rules.check_can_start(leaders=len(leaders), mentors=len(mentors), is_running=queries.is_running(scheme))
    counts, _row = queries.counts_of(scheme)
    run = _new_run(by, scheme, counts.as_settings())
    sides = ((Side.LEADER, leaders), (Side.MENTOR, mentors))
    Entrant.objects.bulk_create(
        (
            Entrant(run=run, person_id=one.person_id, side=side, position=k, places=one.places, facts=dict(one.facts))
            for side, people in sides
            for k, one in enumerate(people)
        ),
        batch_size=BATCH,
    )
    inside = {one.person_id for one in leaders}, {one.person_id for one in mentors}
    _hold(run, Kind.BEFORE, [(i, j) for i, j in before if i in inside[0] and j in inside[1]])
    _enqueue(run)
    record(by=by, what="matching.started", subject=run, organisation_id=scheme.organisation_id)
    return run


def _locked(scheme: Scheme) -> Scheme:
    """One at a time starts something in a scheme: numbers do not meet, and no two searches run at once."""
    return Scheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)


def _new_run(by: Account | None, scheme: Scheme, what_counts: dict[str, Any], after: Run | None = None) -> Run:
    last = Run.objects.filter(scheme=scheme).order_by("-number").values_list("number", flat=True).first() or 0
    now = clock.now()
    return Run.objects.create(
        scheme=scheme, number=last + 1, made_by=by, made_at=now, what_counts=what_counts, after=after
    )


def _hold(run: Run, kind: str, pairs: Pairs) -> None:
    Hold.objects.bulk_create(
        (Hold(run=run, leader_id=i, mentor_id=j, kind=kind) for i, j in dict.fromkeys(pairs)), batch_size=BATCH
    )


def _enqueue(run: Run) -> None:
    from handrail.capabilities.schemes.matching_runs.jobs import find_pairs  # a job calls an action, which queues it

    find_pairs.enqueue(run_id=run.pk)


@transaction.atomic
def change_run(*, by: Account, run: Run, together: Pairs = (), apart: Pairs = (), free: Pairs = ()) -> Run:
    """A new run after this one, with pairs held together or apart, or held no longer; everything else stays, and as
    few other pairs change as can be."""
    scheme = _locked(run.scheme)
    rules.check_can_change(run)
    rules.check_can_start(leaders=1, mentors=1, is_running=queries.is_running(scheme))
    held = {(one.leader_id, one.mentor_id): str(one.kind) for one in Hold.objects.filter(run=run)}
    for pair in free:
        if held.get(pair) in (Kind.TOGETHER, Kind.APART):
            del held[pair]
    held |= dict.fromkeys(apart, Kind.APART)
    for leader_id, mentor_id in together:
        _check_can_hold(run, held, leader_id, mentor_id)
        held[leader_id, mentor_id] = Kind.TOGETHER
    changed = _new_run(by, scheme, run.what_counts, after=run)
    Entrant.objects.bulk_create(
        [
            Entrant(run=changed, **fields)
            for fields in Entrant.objects.filter(run=run).values("person_id", "side", "position", "places", "facts")
        ],
        batch_size=BATCH,
    )
    for kind in Kind:
        _hold(changed, kind, [pair for pair, said in held.items() if said == kind])
    _enqueue(changed)
    record(by=by, what="matching.changed", subject=changed, organisation_id=scheme.organisation_id)
    return changed


def _check_can_hold(run: Run, held: dict[tuple[int, int], str], leader_id: int, mentor_id: int) -> None:
    """Whether these two may be held together beside those held already. An earlier hold of the leader gives way."""
    leader, mentor = queries.leader_in(run, leader_id), queries.mentor_in(run, mentor_id)
    of_leader = [pair for pair, kind in held.items() if pair[0] == leader_id and kind == Kind.TOGETHER]
    for pair in of_leader[: max(0, len(of_leader) + 1 - leader.entrant.places)]:
        del held[pair]
    of_mentor = [pair for pair, kind in held.items() if pair[1] == mentor_id and kind == Kind.TOGETHER]
    rules.check_can_hold_together(
        against=leader.against(mentor), places=mentor.places, held=len(of_mentor), name=mentor.person.name
    )


def find(run: Run) -> None:
    """Do the work of a run. Run twice, it begins anew; once it is settled, it does nothing."""
    if run.state not in rules.IN_MOTION:
        return
    Run.objects.filter(pk=run.pk, state__in=rules.IN_MOTION).update(state=State.RUNNING)
    people = {Side.LEADER: [], Side.MENTOR: []}  # type: dict[str, list[Entrant]]
    for entrant in Entrant.objects.filter(run=run).order_by("position"):
        people[entrant.side].append(entrant)
    leaders, mentors = (_with_what_is_never_written(run, people, side) for side in (Side.LEADER, Side.MENTOR))
    solving = _solving()
    try:
        answer = solving.solved(leaders, mentors, WhatCounts.from_settings(run.what_counts), _held(run), _telling(run))
        _write(run, people[Side.LEADER], answer)
    except Stopped:
        return
    except solving.CannotAllBeKept as fault:
        _settle(run, State.FAILED, figures={"cannot": fault.args[0], "no_fewer": fault.args[1]})
    except solving.FaultyProblem as fault:
        _settle(run, State.FAILED, str(fault)[:400])


def _with_what_is_never_written(run: Run, people: dict[str, list[Entrant]], side: str) -> list[Candidate]:
    """One side of a run, with preferences, parties and special care as they are in the sign-ups now."""
    leaders, mentors = ([one.person_id for one in people[each]] for each in (Side.LEADER, Side.MENTOR))
    would_not = queries.preferences_among(run.scheme_id, leaders, mentors) if side == Side.LEADER else {}
    parties = queries.parties_among(run.scheme_id, leaders if side == Side.LEADER else mentors)
    with_care = queries.with_care_among(run.scheme_id, leaders if side == Side.LEADER else mentors)
    return [
        Candidate(
            one.person_id,
            one.places,
            one.facts,
            would_not.get(one.person_id, frozenset()),
            parties.get((side, one.person_id), ""),
            (side, one.person_id) in with_care,
        )
        for one in people[side]
    ]


def _solving() -> Any:
    """The engine, with numpy and SciPy: a second and 50 MB, which only whoever looks for pairs should pay."""
    from handrail.capabilities.schemes.matching_runs import solving

    return solving


def _held(run: Run) -> Held:
    pairs: dict[str, list[tuple[int, int]]] = {kind: [] for kind in Kind}
    for hold in Hold.objects.filter(run=run):
        pairs[hold.kind].append((hold.leader_id, hold.mentor_id))
    together = set(pairs[Kind.TOGETHER])
    earlier = ProposedPair.objects.filter(run=run.after_id) if run.after_id else ProposedPair.objects.none()
    existing = [pair for pair in earlier.values_list("leader_id", "mentor_id") if pair not in together]
    held: Held = _solving().Held(pairs[Kind.TOGETHER], [*pairs[Kind.APART], *pairs[Kind.BEFORE]], existing)
    return held


def _telling(run: Run) -> Callable[[str], None]:
    """Notes each stage as it begins; stops the work if somebody cancelled it meanwhile."""

    def tell(stage: str) -> None:
        begun = STAGES.index(stage) if stage in STAGES else run.stage
        if not Run.objects.filter(pk=run.pk, state=State.RUNNING).update(stage=begun):
            raise Stopped

    return tell


@transaction.atomic
def _write(run: Run, leaders: list[Entrant], answer: Solved) -> None:
    if not _settle(run, State.READY, figures=answer.figures):
        raise Stopped
    ProposedPair.objects.filter(run=run).delete()
    ProposedPair.objects.bulk_create(
        (
            ProposedPair(
                run=run,
                leader_id=pair.leader,
                mentor_id=pair.mentor,
                points=pair.points,
                by_reason=pair.by_reason,
                is_fixed=pair.is_fixed,
                warning=pair.warning,
            )
            for pair in answer.pairs
        ),
        batch_size=BATCH,
    )
    for entrant, answers in zip(leaders, answer.answers, strict=True):
        entrant.answers, entrant.without = pack(answers), answer.without.get(entrant.person_id)
    Entrant.objects.bulk_update(leaders, ["answers", "without"], batch_size=BATCH)


def _settle(run: Run, state: str, because: str = "", figures: dict[str, Any] | None = None) -> int:
    """The end of a run, unless somebody cancelled it first; how many rows that were."""
    return Run.objects.filter(pk=run.pk, state=State.RUNNING).update(
        state=state, stopped_because=because, figures=figures or {}, stage=len(STAGES), finished_at=clock.now()
    )


@transaction.atomic
def cancel_run(*, by: Account, run: Run) -> None:
    run = Run.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=run.pk)
    rules.check_can_cancel(run)
    _put_aside(run)
    record(by=by, what="matching.cancelled", subject=run, organisation_id=run.scheme.organisation_id)


@transaction.atomic
def take_back(*, by: Account, run: Run) -> Run:
    """Undo a change: the proposal before it stands again."""
    run = Run.objects.select_for_update(of=("self",)).select_related("scheme", "after").get(pk=run.pk)
    rules.check_can_take_back(run)
    assert run.after is not None  # what the rule says
    _put_aside(run)
    record(by=by, what="matching.taken_back", subject=run, organisation_id=run.scheme.organisation_id)
    return run.after


def _put_aside(run: Run) -> None:
    run.state, run.finished_at = State.PUT_ASIDE, clock.now()
    run.save(update_fields=["state", "finished_at"])


@transaction.atomic
def hand_over(*, by: Account, run: Run, checker: Account) -> None:
    """Ask a colleague to look at a proposal before anybody is asked."""
    rules.check_can_change(run)
    run.checker, run.checked_at = checker, None
    run.save(update_fields=["checker", "checked_at"])
    record(by=by, what="matching.handed_over", subject=run, organisation_id=run.scheme.organisation_id)


@transaction.atomic
def note_checked(*, by: Account, run: Run) -> None:
    rules.check_can_check(run, by.pk)
    run.checked_at = clock.now()
    run.save(update_fields=["checked_at"])
    record(by=by, what="matching.checked", subject=run, organisation_id=run.scheme.organisation_id)


@transaction.atomic
def mark_asked(*, by: Account, run: Run) -> None:
    """From now on a proposal stands as it is: its pairs are being asked."""
    run = Run.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=run.pk)
    rules.check_can_change(run)
    run.asked_at = clock.now()
    run.save(update_fields=["asked_at"])
    record(by=by, what="matching.asked", subject=run, organisation_id=run.scheme.organisation_id)


def forget_old_runs(*, before: Any) -> int:
    """Delete runs made before then, with the sign-up words they hold; how many that were."""
    old = Run.objects.filter(made_at__lt=before)
    number = old.count()
    old.delete()
    return number
