"""What was written in the mentors' circle a year ago is forgotten."""

from handrail.capabilities.schemes.preparation import actions
from handrail.foundation.jobs.job import job


@job(every="35 4 * * *")
def forget_old_posts() -> None:
    actions.forget_old_posts()
