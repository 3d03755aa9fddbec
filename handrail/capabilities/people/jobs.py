"""Whoever left a year ago is forgotten."""

from handrail.capabilities.people import actions
from handrail.foundation.jobs.job import job


@job(every="20 4 * * *")
def forget_who_left() -> None:
    actions.forget_who_left()
