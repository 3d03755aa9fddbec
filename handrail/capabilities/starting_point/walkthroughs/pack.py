"""The open walk-throughs, read once."""

from functools import cache

from django.conf import settings

from handrail.formats.walkthroughs import WalkThrough, read_walkthroughs


@cache
def walkthrough_pack() -> dict[str, WalkThrough]:
    return {one.id: one for one in read_walkthroughs(settings.CONTENT_DIR / "walkthroughs")}
