"""The cases that docs/methods/approach.md works by hand, a small pack of steps, and generated ones."""

import random

from hypothesis import strategies as st

from handrail.engines.approach import (
    APPROACHES,
    NEEDS,
    OBSERVED,
    OPENINGS,
    PLACES,
    QUESTIONS,
    WITNESSES,
    WORRY_STEPS,
    Answers,
    Observation,
    Progress,
    Step,
)

STARTS = "start_from_your_role"
ALOUD = "work_out_loud"
CONTROL = "take_control"


def answers(**chosen: str) -> Answers:
    return Answers.of({question: options.split() for question, options in chosen.items()})


STARTING = answers(
    role_goal="improve_a_service",
    audience="people_we_serve",
    audience_places="dont_know",
    online_now="nothing_by_choice",
    good_at="listening deciding",
    team="dont_know",
    how_it_lands="vague pressure",
    in_a_meeting="nod_and_go_on",
    time="ten_a_week",
    place="phone_between_meetings",
    worries="time family",
    hard_to_admit="what_people_talk_about",
)
SENDING = answers(
    role_goal="grow_support win_trust",
    audience="members_or_board funders",
    audience_places="linkedin short_posts",
    online_now="announce share_photos",
    last_answer="cannot_remember",
    what_next="nothing_to_answer",
    good_at="being_visible telling_stories",
    team="they_do_some",
    how_it_lands="gives_energy",
    in_a_meeting="i_lead_it",
    time="ten_a_day",
    place="travelling at_home",
    worries="none",
    hard_to_admit="nothing_comes_to_mind",
)
GUARDED = answers(
    role_goal="keep_people_safe win_trust",
    audience="staff press",
    audience_places="internal_network linkedin",
    online_now="internal_only somebody_posts_for_me",
    last_answer="this_month",
    what_next="somebody_answers_for_me",
    good_at="connecting_people being_visible deciding",
    team="they_use_data they_do_some",
    how_it_lands="useful",
    in_a_meeting="look_up_later",
    time="ten_twice_a_week",
    place="at_desk with_mentor",
    worries="security reputation",
    hard_to_admit="my_own_devices judging_what_i_am_told",
)


def step(
    id: str,
    approaches: str,
    needs: str,
    minutes: int = 10,
    places: str = "at_desk phone_between_meetings",
    after: str = "",
    passes_on: bool = False,
    private: bool = False,
) -> Step:
    def ids(text: str) -> frozenset[str]:
        return frozenset(text.split())

    return Step(id, ids(approaches), ids(needs), minutes, ids(places), ids(after), passes_on, private)


PACK = (
    step("ask-the-team", STARTS, "team asking"),
    step("find-where-one-audience-talks", STARTS, "audience listening", private=True),
    step("listen-for-a-week", STARTS, "listening", 5, after="find-where-one-audience-talks"),
    step("one-goal-in-a-sentence", STARTS, "role_goal", 5, "at_home travelling"),
    step("tell-one-person-what-you-heard", STARTS, "passing_on listening", 5, passes_on=True),
    step("begin-from-what-works", ALOUD, "confidence writing", 5, private=True),
    step("ask-a-question-and-wait", ALOUD, "asking answering"),
    step("write-three-lines", ALOUD, "writing", 10, "at_home travelling"),
    step("one-setting-on-one-account", CONTROL, "settings safety", 5, "at_home with_mentor at_desk", private=True),
    step("two-steps-for-your-email", CONTROL, "safety settings", 10, "at_home at_desk", private=True),
    step("save-one-password-well", CONTROL, "safety settings", 10, private=True),
    step("write-what-you-never-post", CONTROL, "safety writing", 5, "at_home at_desk", private=True),
    step("who-saw-your-last-photo", CONTROL, "settings safety", 3, private=True),
    step("have-one-sentence-ready", STARTS, "confidence asking", 3, private=True),
    step("note-the-words-that-go-by", STARTS, "confidence listening", 3, private=True),
    step("say-a-worry-aloud", CONTROL, "confidence safety", 10, "with_mentor"),
    step("pass-on-one-thing", f"{CONTROL} {ALOUD}", "passing_on", 5, "", passes_on=True),
)

# Ids that the engine looks for, and a few strangers; `after` may name any of them, rings and unknown ones too.
IDS = sorted(
    {id for pair in OPENINGS.values() for id in pair}
    | {f"step-{number}" for number in range(6)}
    | {id for ids in WORRY_STEPS.values() for id in ids[:2]}
)


def sets(
    ids: tuple[str, ...] | list[str], least: int = 0, most: int | None = None
) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(ids), min_size=least, max_size=most)


some_answers = st.fixed_dictionaries(
    {}, optional={question.id: sets(question.options, 0, question.most) for question in QUESTIONS}
)
some_observations = st.lists(
    st.builds(Observation, st.sampled_from(WITNESSES), st.sampled_from(OBSERVED), st.integers(1, 4)), max_size=5
)


def _pack(seed: int) -> list[Step]:
    """Any steps: from one number, because drawing each of its parts takes seconds."""
    dice = random.Random(seed)

    def some(ids: tuple[str, ...] | list[str], least: int, most: int) -> frozenset[str]:
        return frozenset(dice.sample(ids, dice.randint(least, most)))

    return [
        Step(
            id=id,
            approaches=some(APPROACHES, 1, 3),
            needs=some(NEEDS, 0, 4),
            minutes=dice.choice((2, 5, 6, 10)),
            places=some(PLACES, 0, 2),
            after=some(IDS, 0, dice.choice((0, 0, 1, 2))),
            passes_on=dice.random() < 0.3,
            private=dice.random() < 0.4,
        )
        for id in dice.sample(IDS, dice.randint(0, len(IDS)))
    ]


some_steps = st.integers(0, 2**32).map(_pack)
some_progress = st.builds(Progress, sets(IDS, 0, 3), sets(IDS, 0, 4), st.none() | sets(IDS, 0, 3))
