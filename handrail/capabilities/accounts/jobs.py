"""Letters and one-time links go when their time is over."""

from handrail.capabilities.accounts import actions
from handrail.foundation.jobs.job import job


@job(every="10 4 * * *")
def forget_old_letters() -> None:
    actions.forget_old_letters()
