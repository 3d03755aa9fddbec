"""Slow work: comparing units. What is stored of it is sealed to one reader, or has passed the gate."""

from collections import defaultdict
from datetime import timedelta

from handrail.capabilities.impact.groups import releasing
from handrail.capabilities.impact.models import Effects, OwnAnswer, Plan
from handrail.capabilities.impact.own import measuring
from handrail.capabilities.impact.plans import working_out
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


@job(time_limit=timedelta(hours=2))
def release_effects(effects_id: int) -> None:
    """Compare by the end of a closed wave, and release what passes the gate, once."""
    effects = Effects.objects.filter(pk=effects_id).select_related("wave__organisation").first()
    if effects is not None:
        releasing.release(effects)


@job(time_limit=timedelta(hours=1))
def work_out_plan(plan_id: int) -> None:
    """What could be seen, and who should begin when. Run twice, the same comes out."""
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is not None and plan.state == Plan.State.WAITING:
        working_out.work_out(plan)
