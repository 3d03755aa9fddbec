"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid and others, 1975).

Grade 7 is read at the age of twelve. Syllables are counted by rule, not by dictionary: a few words are one out.
"""

import re


def syllables(word: str) -> int:
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    spoken = re.sub(r"(?:[^laeiouyscxzgh]es|[^dtaeiouy]ed|[^laeiouy]e|[aeiouy]le)$", lambda end: end.group()[0], word)
    apart = re.findall(r"i[ao](?!n)|deo|ea$", spoken)  # two vowels that are said one by one
    return max(1, len(re.findall(r"[aeiouy]+", spoken)) + len(apart))


def sentences(markdown: str) -> list[list[str]]:
    """Words per sentence: a unit of thought, so a heading, a list item, a colon end one. Addresses are not read."""
    plain = re.sub(r"^\s*(?:#+|[-*]|\d+\.)\s+", "\n", markdown, flags=re.MULTILINE)
    plain = re.sub(r"[*_`>]|https?://\S+", "", plain)
    found = re.split(r"[.!?:;…]+(?:[”\")\s]+|$)|\n{2,}", plain)
    return [words for part in found if (words := re.findall(r"[A-Za-z][A-Za-z’'-]*", part))]


def grade(markdown: str) -> float:
    parts = sentences(markdown)
    words = [word for part in parts for word in part]
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
