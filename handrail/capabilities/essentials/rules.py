"""Which essentials a text touches, and the three questions to ask of it. Plain, the same every time, explained.

docs/methods/decisions.md has the method in prose, and how well it does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handrail.formats.essentials import QUESTIONS, Essential, Pack

# Words, and whatever else stands between them but blanks and dashes: a phrase does not run over a full stop.
TOKENS = re.compile(r"\w+|[^\w\s\-\u2010\u2011]")
SOFT_HYPHEN = "\u00ad"
SHORTEST_WITH_ENDINGS = 4  # “new” is not in “news”, nor “ai” in “aid”
VOWELS = "aeiou"
# Points: of a phrase of several words that is enough by itself; of such a word; of what needs something digital.
SURE, ENOUGH, BESIDE = 3, 2, 1


@dataclass(frozen=True)
class Touched:
    """An essential that a text touches, with the words that say so: as the text has them, in its order."""

    essential: Essential
    words: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One question, and the essential it comes from."""

    question: str
    essential: Essential


@dataclass(frozen=True)
class Phrase:
    """Words that are looked for, and what they say: an essential, something digital (neither essential nor points), or
    nothing at all (`aside`). `forms`: of each of its words, those that are taken for it."""

    listed: str
    forms: tuple[frozenset[str], ...]
    essential: Essential | None = None
    points: int = 0
    aside: bool = False

    def stands(self, tokens: Sequence[str], at: int) -> bool:
        there = tokens[at : at + len(self.forms)]
        return len(there) == len(self.forms) and all(token in one for token, one in zip(there, self.forms, strict=True))


@dataclass(frozen=True)
class Dictionary:
    """Every phrase by each form of its first word, the longest first; and the essentials' order."""

    phrases: dict[str, list[Phrase]]
    order: dict[str, int]


@dataclass
class Trace:
    """What was found for one essential so far, by the phrases as they are listed. `until`: where the last one ends."""

    essential: Essential
    points: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    times: int = 0
    until: int = 0


def dictionary_of(pack: Pack) -> Dictionary:
    """Built once for a pack: looking up is then a matter of each word of a text."""
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(_listed(pack), key=lambda phrase: -len(phrase.forms)):
        for form in phrase.forms[0]:
            phrases[form].append(phrase)
    return Dictionary(dict(phrases), {one.id: number for number, one in enumerate(pack.essentials)})


def _listed(pack: Pack) -> Iterator[Phrase]:
    for phrase in pack.set_aside:
        yield Phrase(phrase, _forms(phrase), aside=True)
    for phrase in pack.digital:
        yield Phrase(phrase, _forms(phrase))
    for one in pack.essentials:
        for phrase in one.words:
            forms = _forms(phrase)
            yield Phrase(phrase, forms, one, SURE if len(forms) > 1 else ENOUGH)
        for phrase in one.beside:
            yield Phrase(phrase, _forms(phrase), one, BESIDE)


def _forms(phrase: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(with_endings(word)) for word in TOKENS.findall(phrase))


def with_endings(word: str) -> Iterator[str]:
    """A word as it is listed, and with the usual English endings: contract, contracts, contracted, contracting."""
    yield word
    if len(word) < SHORTEST_WITH_ENDINGS:
        return
    yield from (f"{word}s", f"{word}es")
    stem = word[:-1] if word.endswith("e") else word
    yield from (f"{stem}ed", f"{stem}ing")
    if word.endswith("y"):
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied")
    if word[-1] not in VOWELS and word[-2] in VOWELS:
        yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")


def essentials_touched(text: str, dictionary: Dictionary) -> list[Touched]:
    """Those of which a word or phrase stands in the text, as whole words, in either case: “AI” is not in “retail”.

    First the one with most points: for each different phrase that is enough by itself three, or two if it is a single
    word; one for each that counts because something digital stands beside it. Then the one whose phrases stand there
    most often; then in order.
    """
    text = text.replace(SOFT_HYPHEN, "")
    spans = [match.span() for match in TOKENS.finditer(text)]
    heard = _heard([text[start:end].casefold() for start, end in spans], dictionary)
    if all(phrase.points == BESIDE for _at, phrase in heard):
        return []
    traces: dict[str, Trace] = {}
    for at, phrase in heard:
        if phrase.essential is not None:
            shown = text[_beginning(text, spans[at][0]) : spans[at + len(phrase.forms) - 1][1]]
            trace = traces.setdefault(phrase.essential.id, Trace(phrase.essential))
            _follow(trace, phrase, at, " ".join(shown.split()))
    ranked = sorted(
        traces.values(),
        key=lambda one: (-sum(one.points.values()), -one.times, dictionary.order[one.essential.id]),
    )
    return [Touched(one.essential, tuple(one.words.values())) for one in ranked]


def _beginning(text: str, start: int) -> int:
    """A number is shown whole, also where a phrase has only its end: “500,000 views”, not “000 views”."""
    return len(text[:start].rstrip("0123456789,.")) if text[start].isdigit() else start


def _heard(tokens: Sequence[str], dictionary: Dictionary) -> list[tuple[int, Phrase]]:
    """The phrases that stand there, by place. What is set aside says nothing; a word that needs something beside it
    says nothing within a longer phrase either: “sign” in “sign in”."""
    found = [
        (at, phrase)
        for at, token in enumerate(tokens)
        for phrase in dictionary.phrases.get(token, ())
        if phrase.stands(tokens, at)
    ]
    longest = [0] * len(tokens)
    for at, phrase in found:
        for place in range(at, at + len(phrase.forms)):
            longest[place] = max(longest[place], len(phrase.forms))
    aside = {place for at, phrase in found if phrase.aside for place in range(at, at + len(phrase.forms))}
    return [
        (at, phrase)
        for at, phrase in found
        if at not in aside and (phrase.points != BESIDE or longest[at] == len(phrase.forms))
    ]


def _follow(trace: Trace, phrase: Phrase, at: int, shown: str) -> None:
    """A phrase counts once, and not inside a longer one of the same essential."""
    if at < trace.until:
        return
    trace.until = at + len(phrase.forms)
    trace.times += 1
    trace.points.setdefault(phrase.listed, phrase.points)
    trace.words.setdefault(phrase.listed, shown)


def three_questions(chosen: Sequence[Essential]) -> list[Asked]:
    """In turn, one from each of the chosen, until there are three. Those of one essential then stand together:
    its second question often goes on from its first."""
    rounds = [Asked(one.questions[number], one) for number in range(QUESTIONS) for one in chosen]
    return sorted(rounds[:QUESTIONS], key=lambda asked: chosen.index(asked.essential))


def other_questions(chosen: Sequence[Essential]) -> list[Asked]:
    """Those of the chosen that are not among the three."""
    first = three_questions(chosen)
    return [asked for one in chosen for question in one.questions if (asked := Asked(question, one)) not in first]
