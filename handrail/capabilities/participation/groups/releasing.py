"""The worker's part of closing a wave."""

from handrail.capabilities.participation.groups.figures import content_of
from handrail.capabilities.participation.models import Release, Wave
from handrail.capabilities.schemes.queries import threshold_of
from handrail.foundation import clock


def release(wave: Wave) -> None:
    """Once: what was released stays as it is, whatever is loaded afterwards."""
    if not Release.objects.filter(wave=wave).exists():
        content = content_of(wave, threshold_of(wave.organisation_id))
        Release.objects.get_or_create(wave=wave, defaults={"released_at": clock.now(), "content": content})
