"""Which essentials a text touches, and the three questions to ask of it. Plain, the same every time, explained."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handrail.formats.essentials import QUESTIONS, Essential

# Words, and whatever else stands between them but blanks and dashes: a phrase does not run over a full stop.
TOKENS = re.compile(r"\w+|[^\w\s\-\u2010\u2011]")
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Touched:
    """An essential that a text touches, with the words that say so, in the order they first stand there."""

    essential: Essential
    words: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One question, and the essential it comes from."""

    question: str
    essential: Essential


def essentials_touched(text: str, among: Iterable[Essential]) -> list[Touched]:
    """Those of which a word or phrase stands in the text, as whole words, in either case: “AI” is not in “retail”.

    First the one that most different words point to; then the one whose words stand there most often; then in order.
    """
    phrases = {_tokens(word): (word, essential) for essential in among for word in essential.words}
    longest = max(map(len, phrases), default=0)
    tokens = _tokens(text)
    found: dict[str, list[str]] = {}
    known: dict[str, Essential] = {}
    for place in range(len(tokens)):
        for length in range(1, longest + 1):
            hit = phrases.get(tokens[place : place + length]) if place + length <= len(tokens) else None
            if hit is not None:
                word, essential = hit
                known.setdefault(essential.id, essential)
                found.setdefault(essential.id, []).append(word)
    order = {essential.id: number for number, (_word, essential) in enumerate(phrases.values())}
    ranked = sorted(found, key=lambda one: (-len(set(found[one])), -len(found[one]), order[one]))
    return [Touched(known[one], tuple(dict.fromkeys(found[one]))) for one in ranked]


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(TOKENS.findall(text.replace(SOFT_HYPHEN, "").casefold()))


def three_questions(chosen: Sequence[Essential]) -> list[Asked]:
    """In turn, one from each of the chosen, until there are three. Those of one essential then stand together:
    its second question often goes on from its first."""
    rounds = [Asked(one.questions[number], one) for number in range(QUESTIONS) for one in chosen]
    return sorted(rounds[:QUESTIONS], key=lambda asked: chosen.index(asked.essential))


def other_questions(chosen: Sequence[Essential]) -> list[Asked]:
    """Those of the chosen that are not among the three."""
    first = three_questions(chosen)
    return [asked for one in chosen for question in one.questions if (asked := Asked(question, one)) not in first]
