"""What counts and what speaks against a pair, in words; from sign-up words only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from handrail.capabilities.schemes.matching_runs.candidates import AT, REMOTE, shared
from handrail.capabilities.schemes.matching_runs.what_counts import CRITERION_OF, RULE_OF
from handrail.capabilities.schemes.sign_up.choices import CHANNELS, DAYS, PARTS, language_name, themes

Facts = Mapping[str, Any]
LINE_REASON = "rule line"


def word_of(kind: str, entry: str) -> str:
    """A sign-up word as people read it; one that is not offered any more as it was kept."""
    if kind == "themes":
        return themes().get(entry, entry)
    if kind == "channels":
        return str(CHANNELS.get(entry, entry))
    if kind == "languages":
        return language_name(entry)
    if kind == "times":
        day, _dash, part = entry.partition("-")
        return _("%(day)s %(part)s") % {"day": DAYS.get(day, day), "part": str(PARTS.get(part, part)).lower()}
    if kind == "meeting":
        return _("by video or telephone") if entry == REMOTE else entry.removeprefix(AT)
    return entry


def shared_words(kind: str, leader: Facts, mentor: Facts) -> list[str]:
    return [word_of(kind, entry) for entry in shared(kind, leader, mentor)]


def listed(words: list[str]) -> str:
    """ "a, b and c", for names."""
    return get_text_list(words, _("and"))


def words_listed(words: list[str]) -> str:
    """ "a, b, c": a theme has an “and” of its own."""
    return ", ".join(words)


def what_the_two_have(kind: str, leader: Facts, mentor: Facts) -> str:
    """What a criterion finds in a pair, in a few words; empty where it finds nothing."""
    if kind in ("themes", "channels", "times"):
        return words_listed(shared_words(kind, leader, mentor))
    if kind == "place":
        return str(leader.get("place", "")).title() if leader.get("place") == mentor.get("place") else ""
    if kind == "unit":
        one, other = leader.get("unit"), mentor.get("unit")
        apart = one and other and (one, leader.get("organisation")) != (other, mentor.get("organisation"))
        return _("yes") if apart else ""
    return "" if kind == "waited" and not leader.get("waited") else _("yes")


def reason_of(kind: str, leader: Facts, mentor: Facts, leader_name: str, mentor_name: str) -> str:
    """Why a pair gets points, in a sentence that names the words the two share."""
    said = {
        "leader": leader_name,
        "mentor": mentor_name,
        "words": what_the_two_have(kind, leader, mentor),
    }
    sentence = {
        "themes": _("%(mentor)s can help with what %(leader)s asks for: %(words)s."),
        "channels": _("%(mentor)s knows the channels %(leader)s wants to understand: %(words)s."),
        "times": _("Both have the same times free: %(words)s."),
        "place": _("Both work in %(words)s."),
        "unit": _("They come from different parts of the organisation."),
        "waited": _("%(leader)s went without a mentor last time."),
        "leader_wish": _("%(leader)s named %(mentor)s as somebody they would like."),
        "mentor_wish": _("%(mentor)s named %(leader)s as somebody they would like."),
        LINE_REASON: _("Counts against it: the reporting line."),
    }.get(kind)
    return sentence % said if sentence else kind


def why_us_two(side: str, reasons: Mapping[str, list[str]], other: str) -> list[str]:
    """What brings two people together, said kindly to one of them. No number, no comparison with anybody."""
    mine = {
        "leader": {
            "themes": _("%(other)s can help with what you asked for: %(words)s."),
            "channels": _("%(other)s knows %(words)s well."),
            "times": _("You are both often free: %(words)s."),
            "place": _("You both work in %(words)s."),
            "languages": _("You both speak %(words)s."),
            "unit": _("You work in different parts of the organisation: a fresh pair of eyes."),
        },
        "mentor": {
            "themes": _("%(other)s asked for what you can help with: %(words)s."),
            "channels": _("%(other)s would like to understand what you know well: %(words)s."),
            "times": _("You are both often free: %(words)s."),
            "place": _("You both work in %(words)s."),
            "languages": _("You both speak %(words)s."),
            "unit": _("You work in different parts of the organisation: a fresh pair of eyes."),
        },
    }[side]
    return [
        sentence % {"other": other, "words": words_listed([word_of(kind, entry) for entry in reasons[kind]])}
        for kind, sentence in mine.items()
        if kind in reasons
    ]


def offered_by(other: str, themes: Sequence[str]) -> str:
    """What a mentor offers, where the leader has asked for nothing yet."""
    words = words_listed([word_of("themes", one) for one in themes])
    return _("%(other)s offers help with this: %(words)s.") % {"other": other, "words": words}


def what_brings_together(leader: Facts, mentor: Facts) -> dict[str, list[str]]:
    """The sign-up words two people share, by kind: what `why_us_two` is said from."""
    found = {kind: shared(kind, leader, mentor) for kind in ("themes", "channels", "times", "languages")}
    found["times"] = found["times"][:3]
    if len(found["languages"]) == 1:
        del found["languages"]  # everybody here speaks it
    if place := what_the_two_have("place", leader, mentor):
        found["place"] = [place]
    if what_the_two_have("unit", leader, mentor):
        found["unit"] = [""]
    return {kind: words for kind, words in found.items() if words}


def against_in_words(name: str) -> str:
    """Why a pair may not be, in the words of its rule."""
    if name in RULE_OF:
        return str(RULE_OF[name].forbids)
    return _("the coordinator kept them apart, or they were asked before") if name == "named" else _("the same person")


def sentence_of(kind: str) -> str:
    """What a criterion or a rule says on the page where it is set."""
    if kind in CRITERION_OF:
        return str(CRITERION_OF[kind].sentence)
    return str(RULE_OF[kind.removeprefix("rule ")].sentence)
