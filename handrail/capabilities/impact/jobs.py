"""Slow work: comparing units. What is stored of it is sealed to one reader, or has passed the gate."""

from collections import defaultdict
from datetime import timedelta

from handrail.capabilities.impact.models import OwnAnswer
from handrail.capabilities.impact.own import measuring
from handrail.capabilities.participation.queries import measured_organisations
from handrail.foundation.jobs.job import job


@job(time_limit=timedelta(hours=1))
def make_own_answer(answer_id: str) -> None:
    """For somebody who asks. Run twice, the same comes out."""
    row = OwnAnswer.objects.filter(pk=answer_id).select_related("person").first()
    if row is not None:
        measuring.make_answers(row.person.organisation_id, [row])


@job(every="40 3 * * *", time_limit=timedelta(hours=3))
def renew_own_answers() -> None:
    """Anew for everybody who asked, where the log was measured since."""
    behind: dict[int, list[OwnAnswer]] = defaultdict(list)
    measured = measured_organisations()
    for row in OwnAnswer.objects.filter(person__organisation__in=measured).select_related("person"):
        organisation_id = row.person.organisation_id
        if row.made_of is None or row.made_of < measured[organisation_id]:
            behind[organisation_id].append(row)
    for organisation_id, asked in behind.items():
        measuring.make_answers(organisation_id, asked)
