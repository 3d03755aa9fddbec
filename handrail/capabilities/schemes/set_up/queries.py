"""Reads of how a scheme is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from handrail.capabilities.people.queries import people_matching
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up.models import Outcome, SetUp
from handrail.foundation.comparing import plain
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person


def own_scheme(organisation: Organisation, scheme_id: int, *, or_ended: bool = False) -> Scheme:
    """One that this organisation runs itself; another's is not found, and one that has ended only where asked for."""
    found: list[Scheme] = _own(organisation.pk, scheme_id)
    if not found or (found[0].ended_on is not None and not or_ended):
        raise Http404
    return found[0]


@prepared
def _own(organisation: int, scheme: int) -> QuerySet[Scheme]:
    own = Scheme.objects.filter(organisation=organisation, pk=scheme)
    return own.select_related("organisation", "asked_by", "contact", "set_up")


def set_up_of(scheme: Scheme) -> SetUp:
    """What was settled, or the usual answers."""
    found: SetUp | None = getattr(scheme, "set_up", None)
    return found or SetUp(scheme=scheme)


def what_pairs_agree(set_up: SetUp) -> str:
    """In the scheme's own words, or the usual ones."""
    return set_up.pairs_agree or _(
        "We keep the times we agreed, or move them. What is said stays between us, within the limits we both read. The "
        "mentor is not a writer, fixer or messenger, and never holds a password. Either of us may pause or end without "
        "a reason."
    )


def what_pairs_agree_in(scheme_id: int) -> str:
    """For the two of a pair, before they choose for themselves."""
    return what_pairs_agree(next(iter(_settled(scheme_id)), SetUp()))


@prepared
def _settled(scheme_id: int) -> QuerySet[SetUp]:
    return SetUp.objects.filter(scheme=scheme_id)


def outcomes_of(scheme: Scheme) -> list[Outcome]:
    return _outcomes(scheme.pk)


@prepared
def _outcomes(scheme: int) -> QuerySet[Outcome]:
    return Outcome.objects.filter(scheme=scheme).select_related("owner")


def outcome_in(scheme: Scheme, outcome_id: int) -> Outcome:
    found = Outcome.objects.filter(scheme=scheme, pk=outcome_id).select_related("owner").first()
    if found is None:
        raise Http404
    return found


def other_schemes(organisation: Organisation, without: Scheme) -> list[Scheme]:
    """The organisation's other schemes: those being prepared, earlier cohorts, and what has ended."""
    return [one for one in _all_of(organisation.pk) if one.pk != without.pk]


@prepared
def _all_of(organisation: int) -> QuerySet[Scheme]:
    return Scheme.objects.filter(organisation=organisation)


def people_called(organisation: Organisation, name: str) -> list[Person]:
    """Those of the organisation in whose name each word typed stands; those called exactly so first and alone."""
    words = plain(" ".join(name.split()))
    found = [one for one in people_matching(organisation, name)[:50] if _in_name(words, one.name)]
    exactly = [one for one in found if plain(one.name) == words]
    return exactly or found


def _in_name(words: str, name: str) -> bool:
    return all(word in plain(name) for word in words.split())
