"""Two waves: one closed before anybody had joined the scheme, so that nothing may be said; one with figures."""

from datetime import timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.groups.actions import begin_wave, close_wave
from handrail.capabilities.people.models import Organisation
from handrail.foundation import clock

SEASON = timedelta(weeks=13)


def before_anybody_joined(organisation: Organisation, by: Account) -> None:
    _release(organisation, by, _("Before we began"), seasons_ago=2)


def last_season(organisation: Organisation, by: Account) -> None:
    _release(organisation, by, _("Last three months"), seasons_ago=1)


def _release(organisation: Organisation, by: Account, name: str, *, seasons_ago: int) -> None:
    first = clock.today() - seasons_ago * SEASON
    last = first + SEASON - timedelta(days=1)
    wave = begin_wave(by=by, organisation=organisation, name=name, starts_on=first, ends_on=last)
    close_wave(by=by, wave=wave)
    jobs.release_wave.call(wave_id=wave.pk)
