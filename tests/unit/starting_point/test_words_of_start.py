"""Every id of the engine has words, and the words keep their promises."""

import re

import pytest

from handrail.capabilities.starting_point.conversation.presenters import consent, mixture, reasons, result
from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS, place_in_words
from handrail.capabilities.starting_point.models import StartingPoint
from handrail.capabilities.starting_point.rules import SECTIONS
from handrail.capabilities.starting_point.sharing.presenters import (
    FINDING,
    HEADINGS,
    SEEN_AS,
    choices_to_share,
    sections_of,
)
from handrail.capabilities.starting_point.sheet import BY_ID, Sheet
from handrail.capabilities.starting_point.steps import Since, StepPack, pack_of, step_pack
from handrail.engines.approach import APPROACHES, KNOWLEDGE, OBSERVED, QUESTIONS
from handrail.engines.approach.rules import POINTS, WORKS
from handrail.formats.steps import StepPiece

# What the starting point must not say: a kind of person, a mark, jargon.
NEVER = re.compile(
    r"nods? along|broadcast|brave|score|level|beginner|fail|weak|wrong|platform|engage|content|\bAI\b", re.I
)
ALL = Sheet(chosen={one.id: tuple(o for o in one.options if o not in one.alone)[: one.most] for one in QUESTIONS})


def piece(name: str, approach: str) -> StepPiece:
    return StepPiece(name, f"Title of {name}", (approach,), ("team",), 5, ("at_desk",), (), False, "why", "how", "ok")


PACK = pack_of(tuple(piece(f"step-{number}", approach) for number, approach in enumerate(APPROACHES)))


def test_every_question_and_option_has_words() -> None:
    assert WORDS.keys() == BY_ID.keys()
    assert {name: list(words.options) for name, words in WORDS.items()} == {
        one.id: list(one.options) for one in QUESTIONS
    }
    assert [one.id for one in QUESTIONS if one.own_words and not WORDS[one.id].own] == []


def test_everything_the_engine_says_has_words() -> None:
    assert result.APPROACHES.keys() == set(APPROACHES)
    assert result.KNOWN.keys() == set(KNOWLEDGE)
    assert set(WORKS) == result.WORKS.keys()
    assert mixture.SEEN.keys() == set(OBSERVED)
    assert HEADINGS.keys() == SEEN_AS.keys() == set(SECTIONS)
    answers = {one for one in POINTS if not one.startswith("seen.")}
    assert {one for one in answers if one.partition(".")[0] not in reasons.KEPT} == reasons.SAID.keys()


def test_no_word_labels_or_shames() -> None:
    said = [str(text) for one in WORDS.values() for text in (one.title, one.short, one.hint, one.own)]
    said += [str(text) for one in WORDS.values() for text in one.options.values()]
    said += [str(text) for text in mixture.SEEN.values()]
    said += [str(text) for pair in result.APPROACHES.values() for text in pair]
    said += [str(text) for texts in (result.WORKS, result.KNOWN, reasons.SAID) for text in texts.values()]
    said += consent.in_short() + [str(row.value) for row in consent.in_full()]
    assert [text for text in said if NEVER.search(text)] == []


def test_consent_names_every_ordinary_fact() -> None:
    """The columns of a starting point that are not sealed, each in words."""
    said = " ".join(str(row.value) for row in consent.in_full())
    facts = {"started_on": "the day you started", "at_rest": "whether you are through", "wish_waits": "a wish to share"}
    ordinary = {field.name for field in StartingPoint._meta.fields} - {"id", "account", "conversation", "sheet"}
    assert ordinary == facts.keys()
    assert [words for words in facts.values() if words not in said] == []


def test_consent_names_what_could_reach_it() -> None:
    keys = " ".join(str(row.key) for row in consent.in_full())
    for word in ("freedom of information", "subject access", "investigation", "legal hold", "run this program"):
        assert word in keys, word


def test_the_result_says_what_works_a_mixture_with_its_reasons_and_three_steps() -> None:
    said = result.said_by(ALL, PACK)
    assert said.works
    assert len(said.approaches) > 1
    assert all(one.share and one.why + one.why_kept for one in said.approaches)
    assert "14 answers" in said.known
    assert len(said.steps) == 3


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"team": ["dont_know"], "how_it_lands": ["vague"]}, "your team does online, and that “digital” sounds vague."),
        ({"team": ["dont_know"]}, "Because you said that you do not know what your team does online."),
        ({"hard_to_admit": ["one_password"]}, "Because of what you told in confidence"),
        (
            {"what_next": ["somebody_answers_for_me"], "hard_to_admit": ["one_password"]},
            "Because you said that somebody answers for you, and because of what you told in confidence.",
        ),
        ({"in_a_meeting": ["rarely_happens"]}, "Because nothing you said so far speaks against it"),
    ],
)
def test_one_sentence_says_why_and_never_what_was_told_in_confidence(chosen: dict[str, list[str]], says: str) -> None:
    said = result.said_by(Sheet(chosen={name: tuple(options) for name, options in chosen.items()}), PACK)
    assert said.way
    assert says in said.way.because


def test_all_that_was_told_in_confidence_is_listed_with_own_words() -> None:
    sheet = Sheet(
        chosen={"worries": ("none",), "hard_to_admit": ("asking_for_basics",), "team": ("dont_know",)},
        words={"hard_to_admit": "The minutes"},
    )
    said = result.said_by(sheet, PACK)
    hard = "What comes less easily to you: Asking about what others seem to know; The minutes"
    assert said.told == ["What worries you: Nothing in particular", hard]
    assert "Take control" in said.speaks_for


def test_with_no_time_nobody_asks_where_it_would_fit() -> None:
    asked = {one.id for one in Sheet(chosen={"time": ("none_now",)}).asked}
    assert BY_ID.keys() - asked == {"place"}


def test_the_total_of_questions_does_not_jump() -> None:
    def place(question: str, **chosen: str) -> str:
        return place_in_words(Sheet(chosen={name: (one,) for name, one in chosen.items()}), BY_ID[question])

    assert place("good_at") == "Question 7 of 14."
    assert place("good_at", last_answer="never") == "Question 7 of 14. We left out one that does not fit your answers."
    assert place("good_at", online_now="nothing_yet") == "Question 7 of 14. We left out 2 that do not fit your answers."
    assert place("team", online_now="nothing_yet") == "Question 8 of 14."
    assert place("last_answer", online_now="nothing_yet") == ""


def test_what_worries_or_is_hard_is_among_the_reasons_but_not_on_paper() -> None:
    own = [str(text) for name in ("worries", "hard_to_admit") for text in WORDS[name].options.values()]
    said = result.said_by(Sheet(chosen={name: ALL.chosen[name] for name in ("time", "worries", "hard_to_admit")}), PACK)
    assert [line for one in said.approaches for line in one.why_kept]
    assert [line for one in said.approaches for line in one.why if any(text in line for text in own)] == []


def test_what_is_hard_to_admit_is_held_against_nothing() -> None:
    said = result.said_by(ALL, PACK)
    hard = [str(text) for text in WORDS["hard_to_admit"].options.values()]
    assert [line for line in said.care if any(text in line for text in hard)] == []


def test_a_share_is_said_as_coarsely_as_it_is_known() -> None:
    said = {result.share_in_words(weight) for weight in range(101)}
    assert len(said) == 6
    assert [one for one in said if re.search(r"\d|%", one)] == []


def test_a_part_that_was_not_chosen_is_not_in_another() -> None:
    """What is hard, and what worries, stand in their own parts only: the approach is shared without its reasons."""
    parts = {one.id: " ".join(f"{key} {value}" for key, value in one.rows) for one in sections_of(ALL, PACK, Since())}
    assert parts.keys() == set(SECTIONS)
    for own in ("hard_to_admit", "worries"):
        for text in WORDS[own].options.values():
            found = {name for name, words in parts.items() if str(text) in words}
            assert found <= {"hard", "worries"}, text


@pytest.mark.parametrize("answered", [0, 1, 4, len(QUESTIONS)])
def test_every_part_that_has_something_in_it_can_be_chosen(answered: int) -> None:
    sheet = Sheet(chosen=dict(list(ALL.chosen.items())[:answered]))
    assert [name for name, _words in choices_to_share(sheet, PACK)] == [
        one.id for one in sections_of(sheet, PACK, Since())
    ]


def test_words_to_find_a_mentor_come_from_role_audience_and_places_only() -> None:
    assert FINDING.keys() == {"role_goal", "audience", "audience_places"}
    assert all(option in BY_ID[name].options for name, words in FINDING.items() for option in words)


def test_the_open_pack_is_read_where_it_is() -> None:
    assert isinstance(step_pack(), StepPack)
