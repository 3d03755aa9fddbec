"""A year of invented conversations of the invented organisation, brought and read as a real export would be."""

from datetime import timedelta

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.exports.actions import receive_export
from handrail.capabilities.participation.models import Concern, ExportLoad
from handrail.capabilities.participation.own.actions import ask_for_picture
from handrail.capabilities.people.models import Organisation, Person
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.demo import people as invented
from handrail.demo import waves
from handrail.demo.slack_export import slack_export
from handrail.demo.talk import CHANNELS, NAMES, Cast, Start, acts_of
from handrail.foundation import clock
from handrail.foundation.vault.keys import make_for_demo

WEEKS = 52
BEGAN = 33  # the week in which Helen begins
HABITS = {
    invented.LEADER: "broadcaster",
    invented.CHIEF: "broadcaster",
    invented.MENTOR: "engager",
    invented.COORDINATOR: "engager",
    "Kofi Mensah": "engager",
    "Amy Tran": "engager",
    "Luca Ferri": "engager",
    "Sofia Marin": "responder",
    "Mina Haddad": "responder",
    "Dan Whitlow": "responder",
    "Graham Pell": "observer",
    "Nadia Karim": "observer",
    "Owen Trevithick": "broadcaster",
}
SILENT = "Members"
OUTSIDE = (("Ines Duarte", ""), ("Ward forum Harbour", ""))


def fill(organisation: Organisation) -> None:
    """Once; found again afterwards."""
    if ExportLoad.objects.filter(organisation=organisation).exists():
        return
    talking = [one.name for one in invented.FIRST]
    persons = list(Person.objects.filter(organisation=organisation, name__in=talking).order_by("pk"))
    cast, channels = _cast(persons)
    first = clock.today() - timedelta(weeks=WEEKS, days=clock.today().weekday())
    known = [(one.name, one.email) for one in persons]
    export = slack_export([*known, *OUTSIDE], channels, acts_of(cast, weeks=WEEKS, first=first))
    scheme = Scheme.objects.get(organisation=organisation, ended_on__isnull=True)
    outcome = Outcome.objects.filter(scheme=scheme).first() or Outcome.objects.create(
        scheme=scheme,
        name="Home visits can be booked without a telephone",
        strategy_line="Services that people can use at a time that suits them.",
        measure="Home visits booked online, of all that are booked",
        figure="12 %",
        figure_on=first,
        owner=Person.objects.get(organisation=organisation, name=invented.LEADER),
        review_on=clock.today() + timedelta(weeks=26),
    )
    Concern.objects.create(outcome=outcome, topics="home-visits", units=["Adult Care", "Customer Services"])
    administrator = Person.objects.select_related("account").get(organisation=organisation, name=invented.ADMINISTRATOR)
    assert administrator.account is not None
    load = receive_export(
        by=administrator.account,
        organisation=organisation,
        file=SimpleUploadedFile("saltmarsh-slack-export.zip", export),
    )
    jobs.load_export.call(load_id=load.pk)
    helen = Person.objects.select_related("account").get(organisation=organisation, name=invented.LEADER)
    assert helen.account is not None
    # the pairing was made a moment ago; Helen's conversations changed when it began, so it began then
    began_at = clock.now() - timedelta(weeks=WEEKS - BEGAN)
    Pairing.objects.filter(leader=helen).update(asked_at=began_at - timedelta(days=3), agreed_at=began_at)
    make_for_demo(helen.account.pk)
    picture = ask_for_picture(by=helen.account, person=helen)
    jobs.measure_organisation.call(organisation_id=organisation.pk)
    jobs.make_picture.call(picture_id=str(picture.pk))
    coordinator = Person.objects.select_related("account").get(organisation=organisation, name=invented.COORDINATOR)
    assert coordinator.account is not None
    waves.last_season(organisation, coordinator.account)


def _cast(persons: list[Person]) -> tuple[Cast, list[str]]:
    units = sorted({one.unit for one in persons})
    habits = [NAMES.index("silent" if one.unit == SILENT else HABITS.get(one.name, "observer")) for one in persons]
    places = [units.index(one.unit) for one in persons] + [units.index("Place")] * len(OUTSIDE)
    helen = next(place for place, one in enumerate(persons) if one.name == invented.LEADER)
    cast = Cast(
        units=np.array(places, dtype=np.int32),
        habits=np.array([*habits, *[NAMES.index("engager")] * len(OUTSIDE)], dtype=np.int8),
        outside=np.array([False] * len(persons) + [True] * len(OUTSIDE)),
        starts=(Start(helen, BEGAN, "engager", 0.3),),
    )
    return cast, [*CHANNELS, *(unit.lower().replace(" ", "-").replace("’", "") for unit in units)]
