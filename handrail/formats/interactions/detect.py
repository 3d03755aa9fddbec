"""Which system an export came from, by what is in it. Add a reader by adding its module to FORMATS."""

from typing import Protocol

from handrail.formats.interactions import (
    bluesky,
    discourse,
    mail,
    mastodon,
    mattermost,
    plain,
    slack,
    teams,
    viva_engage,
    zulip,
)
from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import Collector


class Format(Protocol):
    """A reader module: its plain name, whether an export is its own, and how to read it."""

    NAME: str

    def recognises(self, export: Export) -> bool: ...

    def read(self, export: Export, collector: Collector) -> None: ...


FORMATS: tuple[Format, ...] = (
    zulip,
    slack,
    mastodon,
    viva_engage,
    bluesky,
    mattermost,
    teams,
    discourse,
    mail,
    plain,
)


def format_of(export: Export) -> Format:
    """The reader of this export. Raises Refused, naming what can be read."""
    for found in FORMATS:
        if found.recognises(export):
            return found
    if slack.is_a_part(export):
        raise Refused(
            "looks like a part of a Slack export: users.json and channels.json are not in it. Bring the whole file, as "
            "Slack gave it, without unpacking it."
        )
    known = ", ".join(found.NAME for found in FORMATS)
    raise Refused(
        "is not an export that Handrail knows. Bring the file as the other system gave it, without opening and saving "
        f"it. Handrail reads: {known}."
    )
