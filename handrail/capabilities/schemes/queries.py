"""Reads about schemes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from handrail.capabilities.people.queries import persons_behind
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up.models import SetUp
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person


def running_scheme_of(organisation: Organisation) -> Scheme | None:
    """The organisation's running scheme: its own, or one that spans it."""
    found: list[Scheme] = _running_own(organisation.pk) or _running_over(organisation.pk)
    return found[0] if found else None


@prepared
def _running_own(organisation: int) -> QuerySet[Scheme]:
    own = Scheme.objects.filter(organisation=organisation, ended_on__isnull=True, draft=False)
    return own.select_related("asked_by")


@prepared
def _running_over(organisation: int) -> QuerySet[Scheme]:
    over = Scheme.objects.filter(spans=organisation, ended_on__isnull=True, draft=False)
    return over.select_related("asked_by")


def name_of_first(organisation: Organisation) -> str:
    """What the plain scheme is called that begins with the first pair."""
    return _("Mentoring at %(name)s") % {"name": organisation.name}


def contact_of(scheme_id: int) -> Person | None:
    """The scheme's safeguarding contact, unless they have left."""
    found: list[Person | None] = [scheme.contact for scheme in _with_contact(scheme_id)]
    return next((contact for contact in found if contact and contact.left_on is None), None)


@prepared
def _with_contact(scheme: int) -> QuerySet[Scheme]:
    return Scheme.objects.filter(pk=scheme).select_related("contact__account")


def contacts_of_account(account_id: int) -> QuerySet[Person]:
    """The account's persons, each with whether it `is_contact`: the safeguarding contact of a running scheme."""
    running = Scheme.objects.filter(contact=OuterRef("pk"), ended_on__isnull=True)
    return persons_behind(account_id).annotate(is_contact=Exists(running))


def organisations_in(scheme: Scheme) -> list[int]:
    """The ids of the organisations whose people may be paired in this scheme."""
    return [scheme.organisation_id, *_spanned(scheme.pk)]


@prepared
def _spanned(scheme: int) -> QuerySet[Scheme, int]:
    return Scheme.objects.filter(pk=scheme, spans__isnull=False).values_list("spans", flat=True)


def ids_spanning(organisation_id: int) -> QuerySet[Scheme, Any]:
    """Other organisations' schemes that take in this one's people: a query to look in."""
    return Scheme.objects.filter(spans=organisation_id).order_by().values("pk")


def leaders_wanted_by(scheme_id: int, person_id: int) -> int | None:
    """For how many leaders a mentor signed up; None where they never did, and so named no limit."""
    found = SignUp.objects.filter(scheme=scheme_id, person=person_id, side=SignUp.Side.MENTOR)
    return found.values_list("how_many", flat=True).first()


RHYTHMS = {
    SetUp.Rhythm.WEEK: timedelta(weeks=1),
    SetUp.Rhythm.TWO_WEEKS: timedelta(weeks=2),
    SetUp.Rhythm.MONTH: timedelta(weeks=4),
}
USUAL_RHYTHM = RHYTHMS[SetUp.Rhythm.TWO_WEEKS]


def rhythms_of(scheme_ids: set[int]) -> dict[int, timedelta]:
    """How often pairs mean to meet, by scheme; the usual rhythm where nothing was settled."""
    said = dict(SetUp.objects.filter(scheme__in=scheme_ids).order_by().values_list("scheme_id", "rhythm"))
    return {pk: RHYTHMS[SetUp.Rhythm(said[pk])] if pk in said else USUAL_RHYTHM for pk in scheme_ids}


def running_schemes() -> list[Scheme]:
    """Every running scheme of the installation, for its administrator."""
    running = Scheme.objects.filter(ended_on__isnull=True).select_related("organisation").prefetch_related("spans")
    return list(running.order_by("organisation__name", "pk"))


def running_scheme(scheme_id: int) -> Scheme:
    for scheme in running_schemes():
        if scheme.pk == scheme_id:
            return scheme
    raise Http404


def names_of_schemes(scheme_ids: list[int]) -> dict[int, list[str]]:
    return {pk: [name] for pk, name in Scheme.objects.filter(pk__in=scheme_ids).order_by().values_list("pk", "name")}


def threshold_of(organisation_id: int) -> int:
    """The smallest group that a figure about this organisation may be about: its schemes' highest, never under ten."""
    running = Scheme.objects.filter(organisation=organisation_id, ended_on__isnull=True)
    return max([10, *running.values_list("threshold", flat=True)])
