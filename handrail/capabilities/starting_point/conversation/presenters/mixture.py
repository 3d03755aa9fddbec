"""The three approaches, how much of each, and what a pair may see together, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.design.parts import Text

APPROACHES: dict[str, tuple[Text, Text]] = {
    "start_from_your_role": (
        lazy("Start from your role"),
        lazy(
            "Leave the technology aside. Begin with what you must achieve and where your people already talk; "
            "listen there, and ask your team what they do."
        ),
    ),
    "work_out_loud": (
        lazy("Work out loud"),
        lazy(
            "Go on from what you do already. Say what you are learning, ask one question, "
            "and wait for the answer; then answer back."
        ),
    ),
    "take_control": (
        lazy("Take control"),
        lazy(
            "Begin with your own devices and settings, one at a time, until you feel safe. "
            "Then pass one thing on that you learned."
        ),
    ),
}

# The same way as “work out loud”, for whoever does nothing online, by choice or so far.
WITHOUT_ONLINE = lazy(
    "It need not be online: a meeting or a letter will do. Say what you are learning, ask one question, "
    "and wait for the answer; then answer back."
)

# Half a sentence beside each name, wherever it stands without all it means.
IN_SHORT: dict[str, Text] = {
    "start_from_your_role": lazy("what you must achieve comes first"),
    "work_out_loud": lazy("say what you learn, ask, and wait for answers"),
    "take_control": lazy("your own devices and settings first"),
}

# What is noted is what was done or came up: never what somebody is like. The leader and the mentor read the same words.
SEEN: dict[str, Text] = {
    "asked_the_team": lazy("Asked the team"),
    "asked_a_question_in_public": lazy("Asked a question where others could read it"),
    "answered_somebody": lazy("Answered somebody"),
    "wrote_what_was_learned": lazy("Wrote down what was learned"),
    "changed_a_setting": lazy("Changed a setting"),
    "asked_for_help": lazy("Asked for help with something"),
    "passed_something_on": lazy("Passed something on"),
    "knew_more_than_said": lazy("Something was more familiar than it had seemed"),
    "was_less_sure_than_said": lazy("Something was newer than it had seemed"),
    "avoided_the_screen": lazy("The screen was left for another time"),
    "broadcast_only": lazy("News went out, and no question with it"),
    "worried_about_safety": lazy("Being safe online came up"),
}


SHARES: tuple[tuple[int, Text], ...] = (  # from so many percent on
    (85, lazy("Almost all of the mix")),
    (60, lazy("Most of the mix")),
    (43, lazy("About half of the mix")),
    (28, lazy("About a third of the mix")),
    (15, lazy("A smaller part of the mix")),
    (0, lazy("A little of the mix")),
)


def share_in_words(weight: int) -> str:
    """A share of the mixture, as coarse as it is known."""
    return str(next(words for least, words in SHARES if weight >= least))


def named(approach: str) -> str:
    """Its name with half a sentence."""
    return _("%(approach)s (%(short)s)") % {"approach": APPROACHES[approach][0], "short": IN_SHORT[approach]}


def mixture_in_lines(weights: Mapping[str, int]) -> list[str]:
    """The whole mixture, the heaviest first."""
    heaviest = sorted(weights.items(), key=lambda one: -one[1])
    return [
        _("%(approach)s: %(share)s") % {"approach": named(approach), "share": share_in_words(weight).lower()}
        for approach, weight in heaviest
        if weight > 0
    ]
