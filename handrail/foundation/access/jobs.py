"""Sessions that ran out are deleted, not only ignored."""

from django.contrib.sessions.models import Session

from handrail.foundation import clock
from handrail.foundation.jobs.job import job


@job(every="50 3 * * *")
def delete_expired_sessions() -> None:
    Session.objects.filter(expire_date__lt=clock.now()).delete()
