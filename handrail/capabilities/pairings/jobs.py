"""What happens to pairings by itself: ending with a scheme, settling what cannot go on, asking, closing, forgetting."""

from handrail.capabilities.pairings import actions
from handrail.capabilities.pairings.closing.actions import close_what_is_over
from handrail.capabilities.pairings.ending.actions import end_what_is_over
from handrail.capabilities.pairings.going_on.actions import ask_quiet_pairs as ask_privately
from handrail.capabilities.pairings.going_on.actions import settle_changes_left_open
from handrail.capabilities.pairings.safeguarding.actions import forget_old_reports
from handrail.foundation.jobs.job import job


@job(every="5 0 * * *")
def end_schemes_that_are_over() -> None:
    end_what_is_over()


@job(every="40 6 * * *")
def settle_noes() -> None:
    actions.settle_noes()


@job(every="10 * * * *")
def settle_what_cannot_go_on() -> None:
    actions.settle_what_cannot_go_on()


@job(every="20 7 * * *")
def ask_quiet_pairs() -> None:
    ask_privately()
    settle_changes_left_open()


@job(every="30 4 * * *")
def forget_closed_pairings() -> None:
    close_what_is_over()
    actions.forget_closed_pairings()
    forget_old_reports()
