"""The larger invented organisation, where something can be told: a year and a half of talk in forty-eight teams.

A third of the teams' leaders began with a true effect planted in their team, a third with a true nothing
(`talk.a_cast`); meanwhile everybody writes more and more, so that before and after tells of a rise nearly everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pyarrow as pa
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.impact import jobs as impact_jobs
from handrail.capabilities.impact.groups.actions import release_effects
from handrail.capabilities.impact.own.actions import ask_for_answer
from handrail.capabilities.impact.plans.actions import freeze_plan, make_plan
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.exports.actions import receive_export
from handrail.capabilities.participation.groups.actions import begin_wave, close_wave
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Organisation, Person, Role, words_searched
from handrail.capabilities.schemes.actions import start_scheme
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.sign_up.actions import sign_up
from handrail.demo import hospitals_people as invented
from handrail.demo.talk import CHANNELS, REACTION, REPLY, Cast, Start, a_cast, acts_of
from handrail.foundation import clock
from handrail.foundation.vault.keys import make_for_demo

HEADER = "at,source,target,kind,channel,thread,outside"
WEEKS = 78
PLANNED = 16  # the week in which the plan was frozen; the first leader begins then or later
SEED = 3
STRONG = 0.6  # the largest effect that is planted


@dataclass(frozen=True)
class Hospitals:
    """`planted`: by leader, the lift of what their team wrote; 0 is a true nothing."""

    organisation: Organisation
    persons: list[Person]
    cast: Cast
    planted: dict[int, float]

    def one_with(self, lift: float) -> Person:
        """The first leader of whom this was planted, where their team talks at all."""
        starts = (start for start in self.cast.starts if start.lift == lift and _talks(self.cast, start))
        return self.persons[next(starts).leader]


def _talks(cast: Cast, start: Start) -> bool:
    team = cast.units == cast.units[start.leader]
    return len(set(cast.habits[team].tolist())) > 1


@transaction.atomic
def fill() -> Hospitals:
    """Made once, found again afterwards."""
    cast = a_cast(len(invented.TEAMS) * invented.TEAM_SIZE, seed=SEED, unit_size=invented.TEAM_SIZE)
    organisation = Organisation.objects.filter(is_demo=True, name=invented.ORGANISATION).first()
    if organisation is not None:
        return _found(organisation, cast)
    organisation = people.create_organisation(by=None, name=invented.ORGANISATION, is_demo=True)
    made = _found(organisation, cast, _people_of(organisation))
    coordinator, sponsor = made.persons[1], made.persons[2]
    people.give_role(by=None, person=coordinator, role=Role.Name.COORDINATOR)
    people.give_role(by=None, person=sponsor, role=Role.Name.SPONSOR)
    scheme = start_scheme(
        by=None,
        organisation=organisation,
        name=_("Ten minutes with a digital mentor"),
        purpose=_("Those who lead our teams take part where their teams talk."),
        asked_by=made.persons[0],
    )
    _pairings(scheme, made)
    lines = list(_lines(made.persons, _talk(cast)))
    planned = f"{_first_day() + timedelta(weeks=PLANNED):%Y-%m-%d}"
    _conversations(made, [line for line in lines if line < planned])
    _plan(made)
    _conversations(made, lines)
    _release(made)
    _sign_ups(scheme, made)
    for person in (made.one_with(STRONG), made.one_with(0.0)):
        account = people.ensure_account(by=None, person=person)
        make_for_demo(account.pk)
        row = ask_for_answer(by=account, person=person)
        impact_jobs.make_own_answer.call(answer_id=str(row.pk))
    return made


def _found(organisation: Organisation, cast: Cast, persons: list[Person] | None = None) -> Hospitals:
    persons = persons or list(Person.objects.filter(organisation=organisation).order_by("pk"))
    return Hospitals(organisation, persons, cast, {persons[one.leader].pk: one.lift for one in cast.starts})


def _people_of(organisation: Organisation) -> list[Person]:
    rows = []
    for one in invented.everybody():
        email = one.email.replace("saltmarsh.example", invented.DOMAIN)
        searched = words_searched(one.name, one.unit, email, one.job_title)
        rows.append(
            Person(
                organisation=organisation,
                name=one.name,
                email=email,
                job_title=one.job_title,
                unit=one.unit,
                line=Person.Line.KNOWN,
                searched=searched,
            )
        )
    Person.objects.bulk_create(rows)
    return list(Person.objects.filter(organisation=organisation).order_by("pk"))


def _first_day() -> datetime:
    monday = clock.today() - timedelta(weeks=WEEKS, days=clock.today().weekday())
    return datetime.combine(monday, time(9), UTC)


def _pairings(scheme: Scheme, made: Hospitals) -> None:
    """Each with somebody of another team, agreed on the Monday when the talk of the leader's team changes, or not."""
    rows = []
    for start in made.cast.starts:
        agreed_at = _first_day() + timedelta(weeks=start.week)
        mentor = made.persons[(start.leader + 5 * invented.TEAM_SIZE + 3) % len(made.persons)]
        rows.append(
            Pairing(
                scheme=scheme,
                leader=made.persons[start.leader],
                mentor=mentor,
                state=Pairing.State.AGREED,
                asked_by=made.persons[1],
                asked_at=agreed_at - timedelta(days=5),
                agreed_at=agreed_at,
            )
        )
    Pairing.objects.bulk_create(rows)


def _coordinator(made: Hospitals) -> Account:
    return people.ensure_account(by=None, person=made.persons[1])


def _plan(made: Hospitals) -> None:
    """Worked out before anybody began, from what was loaded then; who begins when is as it came."""
    by, began = _coordinator(made), sorted({start.week for start in made.cast.starts})
    plan = make_plan(
        by=by,
        organisation=made.organisation,
        outcome="replies",
        teams=len(made.cast.starts),
        weeks=26,
        turns=len(began),
    )
    impact_jobs.work_out_plan.call(plan_id=plan.pk)
    plan.refresh_from_db()
    plan.content["turns"] = [
        {"unit": made.persons[one.leader].unit, "wave": began.index(one.week) + 1, "after": one.week - began[0]}
        for one in sorted(made.cast.starts, key=lambda one: one.week)
    ]
    plan.save(update_fields=["content"])
    freeze_plan(by=by, plan=plan, on=(_first_day() + timedelta(weeks=PLANNED)).date())


def _sign_ups(scheme: Scheme, made: Hospitals) -> None:
    """Who leads a team in which nobody has begun, in every second of them: they wait for their turn."""
    begun = {made.persons[start.leader].unit for start in made.cast.starts}
    waiting = [one for one in made.persons[:: invented.TEAM_SIZE] if one.unit not in begun]
    for person in waiting[::2]:
        account = people.ensure_account(by=None, person=person)
        said = {"themes": ["voice"], "languages": ["en"], "place": "Northmoor"}
        sign_up(by=account, scheme=scheme, person=person, side="leader", answers=said)


def _release(made: Hospitals) -> None:
    """The last three months are a wave; by its end the effects are released."""
    by, last = _coordinator(made), clock.today() - timedelta(days=clock.today().weekday() + 1)
    first = last - timedelta(weeks=13) + timedelta(days=1)
    wave = begin_wave(by=by, organisation=made.organisation, name=_("Last three months"), starts_on=first, ends_on=last)
    close_wave(by=by, wave=wave)
    effects = release_effects(by=by, wave=wave)
    impact_jobs.release_effects.call(effects_id=effects.pk)


def _talk(cast: Cast) -> Iterator[pa.Table]:
    return acts_of(cast, weeks=WEEKS, first=_first_day().date(), seed=SEED, course=_course())


def _conversations(made: Hospitals, lines: list[str]) -> None:
    export = SimpleUploadedFile("northmoor.csv", "\n".join([HEADER, *lines]).encode())
    load = receive_export(by=_coordinator(made), organisation=made.organisation, file=export)
    jobs.load_export.call(load_id=load.pk)
    jobs.measure_organisation.call(organisation_id=made.organisation.pk)


def _course() -> list[float]:
    """More and more for everybody, with a quiet summer: what a figure of before and after takes for an effect."""
    return [0.75 + 0.6 * week / WEEKS - 0.15 * (week % 52 in range(34, 40)) for week in range(WEEKS)]


def _lines(persons: list[Person], weeks: Iterator[pa.Table]) -> Iterator[str]:
    """As the documented table of a list of one's own."""
    kinds = {REPLY: "reply", REACTION: "reaction"}
    channels = [*CHANNELS, *(team.lower().replace(" ", "-") for team in invented.TEAMS)]
    for table in weeks:
        columns = (table[name].to_pylist() for name in ("at", "source", "target", "kind", "channel", "thread"))
        for at, source, target, kind, channel, thread in zip(*columns, strict=True):
            whom = "" if target is None else persons[target].email
            where = "" if thread is None else f"t{thread}"
            yield (
                f"{at:%Y-%m-%dT%H:%M:%S},{persons[source].email},{whom},{kinds.get(kind, 'post')},{channels[channel]},"
                f"{where},0"
            )
