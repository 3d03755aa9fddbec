"""Reads about runs: for the coordinator of the scheme's organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from handrail.capabilities.people.queries import as_values, names_of_people
from handrail.capabilities.schemes.matching_runs.answers import AT_LEAST, CANNOT, UNKNOWN, Answers, unpack
from handrail.capabilities.schemes.matching_runs.models import Counts, Entrant, Hold, ProposedPair, Run
from handrail.capabilities.schemes.matching_runs.presenters import (
    LINE_REASON,
    against_in_words,
    listed,
    offered_by,
    reason_of,
    sentence_of,
    shared_words,
    what_brings_together,
    what_the_two_have,
    why_us_two,
    word_of,
    words_listed,
)
from handrail.capabilities.schemes.matching_runs.queries.entering import (
    candidates,
    parties_among,
    preferences_among,
    with_care_among,
)
from handrail.capabilities.schemes.matching_runs.queries.pairs import (
    Difference,
    PairOnPaper,
    difference,
    pairs_of,
    pairs_of_leader,
    pairs_on_paper,
    pairs_with,
    points_of,
)
from handrail.capabilities.schemes.matching_runs.rules import IN_MOTION
from handrail.capabilities.schemes.matching_runs.what_counts import (
    CARE,
    CRITERIA,
    LEVELS,
    LINE,
    MOST_NUMBERS,
    NO_LIMIT,
    RULES,
    STAGES,
    Number,
    WhatCounts,
)
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation import clock
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation
    from handrail.capabilities.schemes.models import Scheme

__all__ = [  # what pages of pairings read from here, beside the reads themselves
    "CANNOT",
    "CARE",
    "CRITERIA",
    "LEVELS",
    "LINE",
    "LINE_REASON",
    "MOST_NUMBERS",
    "NO_LIMIT",
    "RULES",
    "STAGES",
    "UNKNOWN",
    "Difference",
    "Entrant",
    "Number",
    "PairOnPaper",
    "Run",
    "WhatCounts",
    "against_in_words",
    "candidates",
    "difference",
    "listed",
    "offered_by",
    "pairs_of",
    "pairs_on_paper",
    "pairs_with",
    "parties_among",
    "points_of",
    "preferences_among",
    "reason_of",
    "sentence_of",
    "shared_words",
    "what_brings_together",
    "what_the_two_have",
    "why_us_two",
    "with_care_among",
    "word_of",
    "words_listed",
]
Side = Entrant.Side
RECENT, SUGGESTIONS = 8, 6  # how many are listed


def counts_of(scheme: Scheme) -> tuple[WhatCounts, Counts | None]:
    """What counts in a scheme, and the row that says so if somebody set it."""
    row = next(iter(_counts(scheme.pk)), None)
    return WhatCounts.from_settings(row.what_counts if row else {}), row


def counts_in(run: Run) -> WhatCounts:
    """What counted in a run."""
    return WhatCounts.from_settings(run.what_counts)


@prepared
def _counts(scheme: int) -> QuerySet[Counts]:
    return Counts.objects.filter(scheme=scheme)


def recent_runs_of(scheme: Scheme) -> list[Run]:
    """The last few that were not put aside, the newest first."""
    return _recent_runs(scheme.pk)


@prepared
def _recent_runs(scheme: int) -> QuerySet[Run]:
    return Run.objects.filter(scheme=scheme).shown().select_related("made_by")[:RECENT]


def run_in(organisation: Organisation, run_id: int) -> Run:
    """A run of the organisation's own scheme; anybody else's is not found."""
    found: list[Run] = _run_in(organisation.pk, run_id)
    if not found:
        raise Http404
    return found[0]


@prepared
def _run_in(organisation: int, run: int) -> QuerySet[Run]:
    runs = Run.objects.filter(scheme__organisation=organisation, pk=run)
    return runs.select_related("scheme", "made_by", "checker", "after")


def number_signed_up(scheme: Scheme) -> tuple[int, int]:
    """Leaders and mentors who have signed up and do not pause, as far as a pause shows: one seen at once would tell who
    has just said no."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    counted: dict[str, int] = dict(_signed_up_by_side(scheme.pk, monday))
    return counted.get(SignUp.Side.LEADER, 0), counted.get(SignUp.Side.MENTOR, 0)


@prepared
def _signed_up_by_side(scheme: int, monday: date) -> QuerySet[SignUp, tuple[str, int]]:
    rows = SignUp.objects.filter(scheme=scheme, person__left_on__isnull=True).order_by()
    rows = rows.filter(Q(paused_on__isnull=True) | Q(paused_on__gte=monday))
    return rows.values_list("side").annotate(number=Count("pk"))


def names_of(person_ids: list[int]) -> dict[int, str]:
    """Names of people by their ids; without those who are no longer here."""
    wanted = [one for one in person_ids if one]
    return {pk: name for pk, (name,) in names_of_people(wanted).items()} if wanted else {}


def is_running(scheme: Scheme) -> bool:
    return Run.objects.filter(scheme=scheme, state__in=IN_MOTION).exists()


def without_a_mentor(run: Run) -> list[Entrant]:
    found = Entrant.objects.filter(run=run, side=Side.LEADER, without__isnull=False).select_related("person")
    return list(found.defer("answers"))


@dataclass(frozen=True)
class LeaderInRun:
    """A leader of a run: who they are, the answers for every mentor, their pairs."""

    entrant: Entrant
    answers: Answers
    pairs: list[ProposedPair]
    run: Run

    @property
    def name(self) -> str:
        return self.entrant.person.name

    def possible(self) -> list[int]:
        """Positions of the mentors no rule is against, best fit first."""
        return self.answers.possible()

    def fit(self, mentor: Entrant) -> int:
        return self.answers.total[mentor.position]

    def cost(self, mentor: Entrant) -> int:
        """What giving the leader this mentor would cost everyone; CANNOT, UNKNOWN, or AT_LEAST and less."""
        return self.answers.cost[mentor.position]

    def would_fit_least(self, mentor: Entrant) -> bool:
        """Whether the leader would have less with this mentor than anybody has in the proposal."""
        worst = self.run.figures.get("worst")
        return worst is not None and self.fit(mentor) < worst

    def least_cost(self, mentor: Entrant) -> int | None:
        """What it would cost at least, where that was not worked out to the end."""
        cost = self.cost(mentor)
        return AT_LEAST - cost if cost <= AT_LEAST else None

    def against(self, mentor: Entrant) -> list[str]:
        return self.answers.rulings(mentor.position, self.run.figures["rulings"])

    def points_by_reason(self, mentor: Entrant) -> dict[str, int]:
        points = [row[mentor.position] for row in self.answers.points]
        return {name: value for name, value in zip(self.run.figures["reasons"], points, strict=True) if value}


def leader_in(run: Run, person_id: int) -> LeaderInRun:
    found: list[Entrant] = _leader_in(run.pk, person_id)
    if not found:
        raise Http404
    assert found[0].answers is not None  # or it was not asked for
    return LeaderInRun(found[0], unpack(found[0].answers), pairs_of_leader(run, person_id), run)


@prepared
def _leader_in(run: int, person: int) -> QuerySet[Entrant]:
    found = Entrant.objects.filter(run=run, side=Side.LEADER, person=person, answers__isnull=False)
    return found.select_related("person")


def mentor_in(run: Run, person_id: int) -> Entrant:
    found: list[Entrant] = _mentor_in(run.pk, person_id)
    if not found:
        raise Http404
    return found[0]


def _mentors(run: int) -> QuerySet[Entrant]:
    return Entrant.objects.filter(run=run, side=Side.MENTOR).select_related("person").defer("answers")


@prepared
def _mentor_in(run: int, person: int) -> QuerySet[Entrant]:
    return _mentors(run).filter(person=person)


def mentors_at(run: Run, positions: list[int]) -> list[Entrant]:
    """The mentors at these positions, in this order; one who was forgotten since is left out."""
    by_position: dict[int, Entrant] = {one.position: one for one in _mentors_at(run.pk, positions)}
    return [by_position[position] for position in positions if position in by_position]


@prepared
def _mentors_at(run: int, positions: list[int]) -> QuerySet[Entrant]:
    return _mentors(run).filter(position__in=positions)


def mentors_called(run: Run, words: str) -> list[Entrant]:
    """The first few mentors of the run in whose name, job or unit each word stands."""
    return _mentors_called(run.pk, *map(str, as_values([], words)))


@prepared
def _mentors_called(run: int, *patterns: str) -> QuerySet[Entrant]:
    found = _mentors(run)
    for pattern in patterns:
        found = found.filter(person__searched__like=pattern)
    return found.order_by("person__name", "pk")[:SUGGESTIONS]


def leaders_with_answers(run: Run, person_ids: list[int]) -> list[Entrant]:
    found = Entrant.objects.filter(run=run, side=Side.LEADER, person__in=person_ids, answers__isnull=False)
    return list(found.only("person_id", "answers"))


def possible_of(leader: Entrant) -> list[int]:
    """Positions of the mentors no rule is against."""
    assert leader.answers is not None  # or it was not asked for
    return [place for place, bits in enumerate(unpack(leader.answers).against) if not bits]


def mentors_and_places(run: Run) -> list[tuple[int, int, int]]:
    """Each mentor's position, who it is, and how many places they had."""
    found = Entrant.objects.filter(run=run, side=Side.MENTOR).order_by()
    return list(found.values_list("position", "person_id", "places"))


def hold_of(run: Run, leader_id: int, mentor_id: int) -> Hold | None:
    return next(iter(_holds(run.pk, leader_id, mentor_id)), None)


@prepared
def _holds(run: int, leader: int, mentor: int) -> QuerySet[Hold]:
    return Hold.objects.filter(run=run, leader=leader, mentor=mentor)


def holds_of(run: Run) -> list[Hold]:
    kinds = [Hold.Kind.TOGETHER, Hold.Kind.APART]
    return list(Hold.objects.filter(run=run, kind__in=kinds).select_related("leader", "mentor"))


def entrants_on(run: Run, side: str) -> list[Entrant]:
    """Everybody on one side, in the order in which they signed up."""
    found = Entrant.objects.filter(run=run, side=side).select_related("person__account")
    return list(found.defer("answers"))


def entrants_facts(run: Run, person_ids: list[int]) -> dict[tuple[str, int], dict[str, Any]]:
    """Sign-up words of these people as they stood when the run began."""
    return {(side, person_id): facts for side, person_id, facts in _facts(run.pk, person_ids)}


@prepared
def _facts(run: int, people: list[int]) -> QuerySet[Entrant, tuple[str, int, dict[str, Any]]]:
    return Entrant.objects.filter(run=run, person__in=people).values_list("side", "person_id", "facts")


def names_of_runs(run_ids: list[int]) -> dict[int, list[str]]:
    """For the audit trail: which proposal, and of which scheme."""
    found = Run.objects.filter(pk__in=run_ids).order_by().values_list("pk", "number", "scheme__name")
    return {pk: [f"{number}, {name}"] for pk, number, name in found}
