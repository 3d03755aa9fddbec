"""What would help, in words: what works already, the approach with its reasons, and three small steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.starting_point.conversation.presenters.mixture import (
    APPROACHES,
    SEEN,
    WITHOUT_ONLINE,
    named,
    share_in_words,
)
from handrail.capabilities.starting_point.conversation.presenters.own_goals import (
    HELPS,
    goals_in_words,
    goals_of,
    how_it_serves,
    need_that_serves,
    people_in_words,
)
from handrail.capabilities.starting_point.conversation.presenters.questions import (
    WORDS,
    answer_in_words,
    option_in_words,
)
from handrail.capabilities.starting_point.conversation.presenters.reasons import KEPT, SAID, because
from handrail.capabilities.starting_point.rules import goal_served, goals_of_steps
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.capabilities.starting_point.steps import Since, StepPack
from handrail.design.parts import Text
from handrail.engines.approach import Suggestion, suggest
from handrail.formats.steps import DECISION, WORRIES, StepPiece
from handrail.foundation.languages import SOURCE

MOST_REASONS = 4
MOST_WORKS = 6
FIRST_WORKS = 3  # shown before one unfolds more
# Answers that may be held beside one another. What is hard to admit is never held against anything else.
SAID_BACK = {"online_now", "last_answer", "what_next", "good_at", "team", "how_it_lands"}

# Who told one of these spoke of their own phone and accounts.
TOUCHES_ONES_OWN = frozenset(
    f"{question}.{option}"
    for question, options in {
        "worries": ("security", "family", "abuse"),
        "hard_to_admit": ("my_own_devices", "what_is_safe", "one_password"),
    }.items()
    for option in options
)
# Answers after which what to do now is offered, in private, in case it has happened already.
MAY_HAVE_HAPPENED = frozenset({"worries.security", "worries.abuse", "what_next.it_turned_unpleasant"})

NOTHING_ONLINE = frozenset({"online_now.nothing_by_choice", "online_now.nothing_yet"})

SAID_LAST = {"how_it_lands", "time"}  # what one does and wants says more than how a word sounds

WORKS: dict[str, Text] = {
    "good_at.listening": lazy("People say you listen well."),
    "good_at.explaining": lazy("You explain things well."),
    "good_at.telling_stories": lazy("You tell stories that stay."),
    "good_at.writing": lazy("People say you write well."),
    "good_at.connecting_people": lazy("You bring people together."),
    "good_at.being_visible": lazy("You are there, where people see you."),
    "good_at.deciding": lazy("People say you are good at deciding."),
    "online_now.reply": lazy("You reply to people."),
    "online_now.write_what_i_learn": lazy("You write about what you learn, where others can read it."),
    "online_now.nothing_by_choice": lazy("You have chosen what you do not do online. A choice is worth a lot."),
    "last_answer.this_week": lazy("Somebody answered you this week."),
    "last_answer.this_month": lazy("Somebody answered you this month."),
    "what_next.we_kept_talking": lazy("When somebody answers, you keep talking."),
    "what_next.i_thanked": lazy("When somebody answers, you say thank you."),
    "team.they_do_much": lazy("Your team does a lot online."),
    "team.they_do_some": lazy("Your team does some things online."),
    "team.they_use_data": lazy("Your team uses figures to decide things."),
    "how_it_lands.gives_energy": lazy("The digital world gives you energy."),
    "how_it_lands.useful": lazy("You find it useful."),
    "in_a_meeting.ask_openly": lazy("When a word is new, you ask."),
    "seen.asked_the_team": lazy("You asked the team."),
    "seen.asked_a_question_in_public": lazy("You asked a question where others could read it."),
    "seen.answered_somebody": lazy("You answered somebody."),
    "seen.wrote_what_was_learned": lazy("You wrote down what you learned."),
    "seen.changed_a_setting": lazy("You changed a setting."),
    "seen.asked_for_help": lazy("You asked for help. Few do."),
    "seen.passed_something_on": lazy("You passed something on."),
    "seen.knew_more_than_said": lazy("You know more than you say."),
}

KNOWN: dict[str, Text] = {
    "nothing_yet": lazy("So far this is hardly more than a guess."),
    "a_little": lazy("Take it as a first guess."),
    "some": lazy("It is a place to begin, not a verdict."),
    "a_fair_amount": lazy("And you two have seen something since. It can still change."),
}


@dataclass(frozen=True)
class Approach:
    """One part of the mixture: how much of it, what it means, and the answers that led there.

    `why_kept`: those told in confidence. Paper leaves them out. `why_seen`: what the two saw together.
    """

    id: str
    name: str
    share: str
    means: str
    why: list[str]
    why_kept: list[str]
    why_seen: list[str]

    @property
    def because(self) -> str:
        """In one sentence."""
        return because(self.why, in_confidence=bool(self.why_kept))


@dataclass(frozen=True)
class StepCard:
    """One small step. What is safe markup here, the reader of steps has let through.

    `lang` is empty, or the language of its words where that is not the page's.
    """

    id: str
    title: str
    lang: str
    minutes: str
    why: SafeString
    how: SafeString
    worked: SafeString
    opens: str = ""
    copy: str = ""  # words to send as they are
    private: bool = False  # nobody else is asked or told
    serves: str = ""  # which goal of the leader, and how


@dataclass(frozen=True)
class Said:
    """What a starting point says so far."""

    works: list[str]
    approaches: list[Approach]
    known: str
    care: list[str]
    lay_out: Callable[[], list[StepCard]]  # the steps; where there is a plan no page asks for them
    plan: str = ""  # where the plan is; empty where there is none
    told: list[str] = field(default_factory=list)  # in confidence, question by question
    goals: str = ""  # of the role, as they were tapped and typed
    people: str = ""  # whom they must reach
    no_time: bool = False  # then a decision comes before any step
    may_have_happened: bool = False  # told of a worry where one asks whether it has happened already

    @cached_property
    def steps(self) -> list[StepCard]:
        return self.lay_out()

    @property
    def way(self) -> Approach | None:
        """The one that is named first."""
        return self.approaches[0] if self.approaches else None

    @property
    def works_first(self) -> list[str]:
        return self.works[:FIRST_WORKS]

    @property
    def works_more(self) -> list[str]:
        return self.works[FIRST_WORKS:]

    @property
    def speaks_for(self) -> str:
        """The ways that what was told in confidence gave weight to."""
        return _(", ").join(named(one.id) for one in self.approaches if one.why_kept)

    @property
    def seen(self) -> list[Approach]:
        """The ways for which something speaks that the two saw."""
        return [one for one in self.approaches if one.why_seen]

    @property
    def leads(self) -> str:
        """The heaviest approach; "" as long as none weighs anything."""
        return self.approaches[0].id if self.approaches else ""

    def approach_rows(self) -> dict[str, tuple[str, str]]:
        """As a mentor reads it, line by line."""
        works = {"works": (_("What works already"), " ".join(self.works))} if self.works else {}
        rows = works | {one.id: (one.name, f"{one.share}. {one.means}") for one in self.approaches}
        return rows | {"known": (_("How much is known"), self.known)} if rows else {}

    def step_rows(self) -> dict[str, tuple[str, str]]:
        return {one.id: (one.title, one.minutes) for one in self.steps}


def said_by(sheet: Sheet, pack: StepPack, since: Since = Since()) -> Said:  # noqa: B008  frozen and empty
    suggestion = suggest(sheet.answers, since.observations, pack.steps, since.progress, further=0)
    return Said(
        works=[str(WORKS[one]) for one in suggestion.works[:MOST_WORKS]],
        approaches=_mixture(suggestion, sheet),
        known=f"{_counted(sheet)} {KNOWN[suggestion.knowledge]}",
        care=_care(sheet, suggestion),
        lay_out=partial(_cards, sheet, pack, [one.id for one in suggestion.first if one.id in pack.texts]),
        plan=since.plan,
        told=_told(sheet),
        goals=goals_in_words(sheet),
        people=people_in_words(sheet),
        no_time=sheet.has_no_time,
        may_have_happened=not MAY_HAVE_HAPPENED.isdisjoint(sheet.told),
    )


def _cards(sheet: Sheet, pack: StepPack, step_ids: list[str]) -> list[StepCard]:
    """The steps, each with the goal it serves. What takes up a worry says of no worry that it does."""
    needs, goals = [pack.texts[one].needs for one in step_ids], goals_of(sheet)
    served = goals_of_steps(list(zip(step_ids, needs, strict=True)), goals)
    cards: list[StepCard] = []
    said: list[Text] = []
    for step_id, directly, helps_to in zip(step_ids, served, needs, strict=True):
        goal = directly or goal_served(helps_to, goals)
        need = need_that_serves(goal, helps_to, said)
        said.append(HELPS[need])
        cards.append(replace(step_card(pack, step_id), serves=how_it_serves(sheet, goal, need)))
    return cards


def _told(sheet: Sheet) -> list[str]:
    """All that was told in confidence, whether it gave weight to a way or not."""
    answers = {one.id: answer_in_words(sheet, one.id) for one in sheet.answered if one.id in KEPT}
    return [
        _("%(question)s: %(answer)s") % {"question": WORDS[name].short, "answer": answers[name]} for name in answers
    ]


def _counted(sheet: Sheet) -> str:
    count = len(sheet.answered)
    return ngettext("It rests on %(count)d answer.", "It rests on %(count)d answers.", count) % {"count": count}


def _mixture(suggestion: Suggestion, sheet: Sheet) -> list[Approach]:
    """The heaviest first; what weighs nothing is left out."""
    heaviest = sorted(suggestion.weights.items(), key=lambda one: -one[1])
    return [
        Approach(
            id=approach,
            name=str(APPROACHES[approach][0]),
            share=share_in_words(weight),
            means=str(_meaning(approach, sheet)),
            why=_why(suggestion, approach, kept=False),
            why_kept=_why(suggestion, approach, kept=True),
            why_seen=_why_seen(suggestion, approach),
        )
        for approach, weight in heaviest
        if weight > 0
    ]


def _meaning(approach: str, sheet: Sheet) -> Text:
    """What a way means. Nobody who does nothing online is told to go on from what they do there."""
    begins = approach == "work_out_loud" and not NOTHING_ONLINE.isdisjoint(sheet.told)
    return WITHOUT_ONLINE if begins else APPROACHES[approach][1]


def _why(suggestion: Suggestion, approach: str, *, kept: bool) -> list[str]:
    reasons = [one for one in suggestion.reasons if one.approach == approach and one.kind == "answer"]
    weightiest = sorted((one for one in reasons if one.points > 0), key=lambda one: -one.points)[:MOST_REASONS]
    weightiest.sort(key=lambda one: one.source in SAID_LAST)
    answers = [f"{one.source}.{one.option}" for one in weightiest if (one.source in KEPT) is kept]
    return [option_in_words(one) if kept else str(SAID[one]) for one in answers]


def _why_seen(suggestion: Suggestion, approach: str) -> list[str]:
    """What the two saw together that speaks for it, each once."""
    seen = [one.source for one in suggestion.reasons if one.approach == approach and one.kind == "observation"]
    return [str(SEEN[one]) for one in dict.fromkeys(seen)][:MOST_REASONS]


def _care(sheet: Sheet, suggestion: Suggestion) -> list[str]:
    """What answers alone do not show, and what does not sit together: for the pair to talk about, not a mistake."""
    said = [
        _("These questions hardly touch your own phone and accounts. “%(approach)s” is there whenever you want it.")
        % {"approach": named(one)}
        for one in (suggestion.may_be_missed if TOUCHES_ONES_OWN.isdisjoint(sheet.told) else ())
    ]
    for contradiction in suggestion.contradictions:
        answers = [one for one in contradiction.between if one.partition(".")[0] in SAID_BACK]
        if len(answers) == len(contradiction.between) > 1:
            said.append(
                _("Two answers that pull in different directions, which is common and worth a talk: %(answers)s.")
                % {"answers": "; ".join(option_in_words(one) for one in answers)}
            )
    return said


def step_card(pack: StepPack, step_id: str) -> StepCard:
    page = get_language() or SOURCE
    text, language = pack.words_of(step_id, page)
    why, how, worked = (mark_safe(one) for one in (text.why_html, text.how_html, text.worked_html))  # noqa: S308
    lang = "" if language == page else language
    piece = pack.texts[step_id]
    return StepCard(
        step_id, text.title, lang, lasts(piece), why, how, worked, opened_by(piece), text.copy, piece.private
    )


def lasts(step: StepPiece) -> str:
    """How long a step takes; and that it is done alone, where it is."""
    count = {"count": step.minutes}
    if step.private:
        return ngettext("%(count)d minute, on your own", "%(count)d minutes, on your own", step.minutes) % count
    return ngettext("%(count)d minute", "%(count)d minutes", step.minutes) % count


def opened_by(step: StepPiece) -> str:
    """Where the page of a step leads on: to the one part that helps with it, all walk-throughs, or a decision."""
    if step.opens in (DECISION, WORRIES):
        return reverse("decisions" if step.opens == DECISION else "walkthroughs")
    if step.part:
        return reverse("walkthrough_item", args=[step.opens, step.part])
    return reverse("walkthrough", args=[step.opens]) if step.opens else ""
