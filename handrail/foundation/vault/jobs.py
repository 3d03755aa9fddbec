"""Housekeeping. Nothing here opens anything: it deletes what is over and finishes what a crash left half erased."""

from handrail.foundation.jobs.job import job
from handrail.foundation.vault.carried import delete_expired_forms
from handrail.foundation.vault.erasure import finish_erasures
from handrail.foundation.vault.keys import delete_expired_devices
from handrail.foundation.vault.keys.custody import delete_expired_requests


@job(every="1 hour")
def tidy_the_vault() -> None:
    delete_expired_devices()
    delete_expired_forms()
    delete_expired_requests()
    finish_erasures()
