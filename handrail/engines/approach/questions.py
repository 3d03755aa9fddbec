"""The fourteen questions of the starting point: ids, options, how many may be chosen. No words for screens.

They stand in the order in which they are asked: the role first, the practical ones as a rest, the most private last.
Every one may be skipped. No theme is named or rated here; that is the check's work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One question. `most` is how many options may be chosen; one that is `alone` says that no other applies.

    `own_words`: free text is offered beside the options. It is never given to this engine.
    """

    id: str
    options: tuple[str, ...]
    most: int
    alone: tuple[str, ...] = ()
    own_words: bool = False

    @property
    def several(self) -> bool:
        return self.most > 1


def _single(id: str, options: str, *, own_words: bool = False) -> Question:
    return Question(id, tuple(options.split()), most=1, own_words=own_words)


def _several(id: str, options: str, *, most: int = 0, alone: str = "", own_words: bool = False) -> Question:
    ids = tuple(options.split())
    return Question(id, ids, most=most or len(ids), alone=tuple(alone.split()), own_words=own_words)


QUESTIONS: tuple[Question, ...] = (
    _several(
        "role_goal",
        "improve_a_service save_money keep_people_safe change_how_we_work keep_good_staff win_trust "
        "grow_support "
        "get_through_hard_times something_else",
        most=3,
        own_words=True,
    ),
    _several(
        "audience",
        "people_we_serve families staff volunteers partners businesses employers members_or_board funders investors "
        "local_people government regulators press",
        own_words=True,
    ),
    _several(
        "audience_places",
        "own_website internal_network local_groups linkedin short_posts messaging photo_video forums not_online "
        "dont_know",
        alone="dont_know",
    ),
    _several(
        "online_now",
        "read_only announce reply write_what_i_learn share_photos internal_only somebody_posts_for_me "
        "nothing_by_choice nothing_yet",
        alone="nothing_by_choice nothing_yet",
    ),
    _single("last_answer", "this_week this_month longer_ago cannot_remember never i_do_not_post"),
    _single(
        "what_next",
        "we_kept_talking i_thanked i_did_not_answer somebody_answers_for_me it_turned_unpleasant nothing_to_answer",
        own_words=True,
    ),
    _several(
        "good_at",
        "listening explaining telling_stories writing connecting_people being_visible deciding",
        most=3,
    ),
    _several(
        "team",
        "they_do_much they_do_some they_ask_me_in they_keep_away they_use_data dont_know",
        alone="dont_know",
        own_words=True,
    ),
    _several("how_it_lands", "gives_energy useful vague pressure tiring for_others worrying", most=3, own_words=True),
    _single("in_a_meeting", "ask_openly look_up_later nod_and_go_on leave_to_others i_lead_it rarely_happens"),
    _single("time", "ten_a_day ten_twice_a_week ten_a_week ten_a_month none_now"),
    _several("place", "phone_between_meetings at_desk at_home travelling with_mentor"),
    _several(
        "worries",
        "security reputation abuse family looking_foolish how_i_come_across no_answer time none",
        alone="none",
        own_words=True,
    ),
    _several(
        "hard_to_admit",
        "what_people_talk_about asking_for_basics my_own_devices what_is_safe one_password writing_in_public "
        "being_answered_badly judging_what_i_am_told figures_and_data nothing_comes_to_mind",
        alone="nothing_comes_to_mind",
        own_words=True,
    ),
)
BY_ID: dict[str, Question] = {question.id: question for question in QUESTIONS}

# A question that an earlier answer makes pointless is passed over: question, earlier question, answers that do so.
NEEDLESS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("last_answer", "online_now", frozenset({"nothing_by_choice", "nothing_yet"})),
    ("what_next", "online_now", frozenset({"nothing_by_choice", "nothing_yet"})),
    ("what_next", "last_answer", frozenset({"never", "i_do_not_post"})),
)


def tidied(question: Question, chosen: Iterable[str]) -> tuple[str, ...]:
    """The options chosen, in the question's order; one that should stand alone gives way to the others."""
    there = set(chosen)
    kept = tuple(option for option in question.options if option in there)
    others = tuple(option for option in kept if option not in question.alone)
    return others or kept[:1] if question.alone else kept


def questions_asked(chosen: Mapping[str, Iterable[str]]) -> tuple[Question, ...]:
    """The questions that make sense after these answers, in order."""
    pointless = {
        question
        for question, earlier, answers in NEEDLESS
        if answers & set(tidied(BY_ID[earlier], chosen.get(earlier, ())))
    }
    return tuple(question for question in QUESTIONS if question.id not in pointless)
