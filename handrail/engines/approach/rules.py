"""Every rule of the approach as tables. docs/methods/approach.md shows the same tables; a test holds them together.

Evidence is named by a reference: `question.option` for an answer, `seen.observation` for what the pair saw together.
Points are (start from your role, work out loud, take control). What is in no table has no points.
"""

from dataclasses import dataclass

Points = tuple[int, int, int]

POINTS: dict[str, Points] = {
    "role_goal.improve_a_service": (1, 0, 0),
    "role_goal.save_money": (1, 0, 0),
    "role_goal.keep_people_safe": (1, 0, 1),
    "role_goal.change_how_we_work": (0, 1, 0),
    "role_goal.keep_good_staff": (1, 0, 0),
    "role_goal.win_trust": (0, 1, 0),
    "role_goal.grow_support": (0, 1, 0),
    "role_goal.get_through_hard_times": (1, 0, 0),
    "audience_places.not_online": (1, 0, 0),
    "audience_places.dont_know": (3, 0, 0),
    "online_now.read_only": (2, 0, 0),
    "online_now.announce": (0, 3, 0),
    "online_now.reply": (0, 1, 0),
    "online_now.write_what_i_learn": (0, 2, 0),
    "online_now.share_photos": (0, 1, 0),
    "online_now.internal_only": (1, 1, 0),
    "online_now.somebody_posts_for_me": (1, 1, 1),
    "online_now.nothing_by_choice": (3, 0, 0),
    "online_now.nothing_yet": (2, 0, 1),
    "last_answer.this_week": (0, 1, 0),
    "last_answer.this_month": (0, 1, 0),
    "last_answer.longer_ago": (0, 2, 0),
    "last_answer.cannot_remember": (0, 2, 0),
    "last_answer.never": (0, 3, 0),
    "last_answer.i_do_not_post": (2, 0, 0),
    "what_next.we_kept_talking": (0, 1, 0),
    "what_next.i_thanked": (0, 1, 0),
    "what_next.i_did_not_answer": (0, 2, 1),
    "what_next.somebody_answers_for_me": (1, 0, 2),
    "what_next.it_turned_unpleasant": (1, 0, 3),
    "what_next.nothing_to_answer": (0, 2, 0),
    "good_at.listening": (1, 0, 0),
    "good_at.explaining": (0, 1, 0),
    "good_at.telling_stories": (0, 1, 0),
    "good_at.writing": (0, 1, 0),
    "good_at.connecting_people": (1, 1, 0),
    "good_at.being_visible": (0, 1, 0),
    "good_at.deciding": (1, 0, 0),
    "team.they_do_much": (2, 0, 0),
    "team.they_do_some": (1, 0, 0),
    "team.they_ask_me_in": (1, 1, 0),
    "team.they_keep_away": (2, 0, 0),
    "team.they_use_data": (1, 0, 1),
    "team.dont_know": (3, 0, 0),
    "how_it_lands.gives_energy": (0, 2, 0),
    "how_it_lands.vague": (2, 0, 0),
    "how_it_lands.pressure": (2, 0, 0),
    "how_it_lands.tiring": (2, 0, 0),
    "how_it_lands.for_others": (2, 0, 1),
    "how_it_lands.worrying": (0, 0, 3),
    "in_a_meeting.ask_openly": (0, 1, 0),
    "in_a_meeting.look_up_later": (0, 0, 2),
    "in_a_meeting.nod_and_go_on": (1, 0, 2),
    "in_a_meeting.leave_to_others": (2, 0, 1),
    "in_a_meeting.i_lead_it": (0, 2, 1),
    "time.ten_a_month": (1, 0, 0),
    "time.none_now": (2, 0, 0),
    "place.with_mentor": (0, 0, 1),
    "worries.security": (0, 0, 2),
    "worries.reputation": (0, 0, 2),
    "worries.abuse": (0, 0, 2),
    "worries.family": (1, 0, 2),
    "worries.looking_foolish": (1, 0, 1),
    "worries.how_i_come_across": (0, 3, 0),
    "worries.no_answer": (0, 3, 0),
    "worries.time": (2, 0, 0),
    "hard_to_admit.what_people_talk_about": (2, 0, 0),
    "hard_to_admit.asking_for_basics": (1, 0, 2),
    "hard_to_admit.my_own_devices": (0, 0, 3),
    "hard_to_admit.what_is_safe": (0, 0, 3),
    "hard_to_admit.one_password": (0, 0, 3),
    "hard_to_admit.writing_in_public": (0, 2, 1),
    "hard_to_admit.being_answered_badly": (0, 1, 2),
    "hard_to_admit.judging_what_i_am_told": (1, 0, 2),
    "hard_to_admit.figures_and_data": (1, 0, 2),
    "seen.asked_the_team": (1, 0, 0),
    "seen.asked_a_question_in_public": (0, 1, 0),
    "seen.answered_somebody": (0, 1, 0),
    "seen.wrote_what_was_learned": (0, 1, 0),
    "seen.changed_a_setting": (0, 0, 1),
    "seen.asked_for_help": (0, 0, 1),
    "seen.passed_something_on": (0, 0, 1),
    "seen.knew_more_than_said": (0, 2, 0),
    "seen.was_less_sure_than_said": (0, 0, 4),
    "seen.avoided_the_screen": (2, 0, 2),
    "seen.broadcast_only": (0, 4, 0),
    "seen.worried_about_safety": (0, 0, 4),
}

EVEN_START = 4  # points that each approach has before anything is known, so that one answer moves little
MOST_A_QUESTION = 4  # points that one question can give to one approach, however many options are chosen
MOST_SIGHTINGS = 2  # times that the same observation counts, whoever wrote it down
MOST_SKIPPED = 3  # points that “not for me” can take from one approach, one a step, and never more than it earned
MIXTURE_WITHIN = 5  # percentage points: approaches this near to the heaviest lead together with it


@dataclass(frozen=True)
class ContradictionRule:
    """Something of `one` beside something of `other`; and the points that this itself gives."""

    id: str
    one: frozenset[str]
    other: frozenset[str]
    points: Points


def _rule(id: str, one: str, other: str, points: Points = (0, 0, 0)) -> ContradictionRule:
    return ContradictionRule(id, frozenset(one.split()), frozenset(other.split()), points)


CONTRADICTIONS: tuple[ContradictionRule, ...] = (
    _rule(
        "posts_and_does_not_post",
        "online_now.announce online_now.write_what_i_learn online_now.share_photos",
        "last_answer.i_do_not_post",
    ),
    _rule(
        "replies_and_is_never_answered",
        "online_now.reply",
        "last_answer.never last_answer.cannot_remember",
        (0, 1, 0),
    ),
    _rule("listens_and_leaves_unanswered", "good_at.listening", "what_next.i_did_not_answer", (0, 1, 0)),
    _rule("asked_in_and_kept_away", "team.they_ask_me_in", "team.they_keep_away", (1, 0, 0)),
    _rule(
        "energy_and_burden",
        "how_it_lands.gives_energy",
        "how_it_lands.pressure how_it_lands.tiring how_it_lands.for_others how_it_lands.worrying",
    ),
    _rule(
        "at_ease_and_unsure_of_basics",
        "in_a_meeting.ask_openly in_a_meeting.i_lead_it in_a_meeting.rarely_happens",
        "hard_to_admit.asking_for_basics hard_to_admit.my_own_devices hard_to_admit.judging_what_i_am_told "
        "hard_to_admit.figures_and_data",
        (0, 0, 2),
    ),
    _rule(
        "keeps_quiet_and_nothing_is_hard",
        "in_a_meeting.look_up_later in_a_meeting.nod_and_go_on in_a_meeting.leave_to_others",
        "hard_to_admit.nothing_comes_to_mind",
        (0, 0, 2),
    ),
    _rule(
        "no_worry_and_unsure_what_is_safe",
        "worries.none",
        "hard_to_admit.my_own_devices hard_to_admit.what_is_safe hard_to_admit.one_password "
        "hard_to_admit.writing_in_public "
        "hard_to_admit.being_answered_badly",
        (0, 0, 2),
    ),
    _rule(
        "said_sure_and_seen_less_sure",
        "in_a_meeting.ask_openly in_a_meeting.i_lead_it in_a_meeting.rarely_happens worries.none "
        "hard_to_admit.nothing_comes_to_mind",
        "seen.was_less_sure_than_said",
        (0, 0, 2),
    ),
    _rule("no_worry_and_seen_worried", "worries.none", "seen.worried_about_safety", (0, 0, 2)),
    _rule(
        "said_talking_and_seen_announcing",
        "online_now.reply what_next.we_kept_talking",
        "seen.broadcast_only",
        (0, 1, 0),
    ),
    _rule(
        "said_unsure_and_seen_able",
        "hard_to_admit.what_people_talk_about hard_to_admit.asking_for_basics hard_to_admit.figures_and_data",
        "seen.knew_more_than_said",
    ),
    _rule("seen_both_ways", "seen.knew_more_than_said", "seen.was_less_sure_than_said"),
)

# What the answers and observations show that a step could help with, by the words of the steps.
NEEDED: dict[str, tuple[str, ...]] = {
    "role_goal.improve_a_service": ("role_goal",),
    "role_goal.save_money": ("role_goal", "data"),
    "role_goal.keep_people_safe": ("role_goal", "safety"),
    "role_goal.change_how_we_work": ("role_goal", "team"),
    "role_goal.keep_good_staff": ("role_goal", "team"),
    "role_goal.win_trust": ("role_goal", "answering"),
    "role_goal.grow_support": ("role_goal", "audience"),
    "role_goal.get_through_hard_times": ("role_goal",),
    "role_goal.something_else": ("role_goal",),
    "audience.people_we_serve": ("listening",),
    "audience.families": ("listening",),
    "audience.businesses": ("listening",),
    "audience.employers": ("asking",),
    "audience.local_people": ("listening",),
    "audience.partners": ("asking",),
    "audience_places.not_online": ("audience",),
    "audience_places.dont_know": ("audience", "listening"),
    "online_now.read_only": ("asking",),
    "online_now.announce": ("asking", "answering"),
    "online_now.internal_only": ("audience",),
    "online_now.somebody_posts_for_me": ("team", "writing"),
    "online_now.nothing_by_choice": ("listening",),
    "online_now.nothing_yet": ("confidence",),
    "last_answer.longer_ago": ("asking",),
    "last_answer.cannot_remember": ("asking",),
    "last_answer.never": ("asking",),
    "what_next.i_did_not_answer": ("answering", "time"),
    "what_next.somebody_answers_for_me": ("answering", "team"),
    "what_next.it_turned_unpleasant": ("safety",),
    "what_next.nothing_to_answer": ("asking", "writing"),
    "team.they_do_much": ("team",),
    "team.they_do_some": ("team",),
    "team.they_ask_me_in": ("team", "time"),
    "team.they_keep_away": ("team",),
    "team.they_use_data": ("data",),
    "team.dont_know": ("team", "asking"),
    "how_it_lands.vague": ("role_goal",),
    "how_it_lands.pressure": ("time", "team"),
    "how_it_lands.tiring": ("time", "listening"),
    "how_it_lands.for_others": ("role_goal", "confidence"),
    "how_it_lands.worrying": ("safety",),
    "in_a_meeting.look_up_later": ("asking",),
    "in_a_meeting.nod_and_go_on": ("asking", "confidence"),
    "in_a_meeting.leave_to_others": ("team",),
    "in_a_meeting.i_lead_it": ("listening",),
    "time.ten_a_month": ("time",),
    "time.none_now": ("time",),
    "worries.security": ("safety", "settings"),
    "worries.reputation": ("safety",),
    "worries.abuse": ("safety",),
    "worries.family": ("settings", "safety"),
    "worries.looking_foolish": ("confidence",),
    "worries.how_i_come_across": ("asking", "writing"),
    "worries.no_answer": ("asking", "answering"),
    "worries.time": ("time",),
    "hard_to_admit.what_people_talk_about": ("listening", "audience"),
    "hard_to_admit.asking_for_basics": ("asking", "confidence"),
    "hard_to_admit.my_own_devices": ("settings",),
    "hard_to_admit.what_is_safe": ("safety", "settings"),
    "hard_to_admit.one_password": ("safety", "settings"),
    "hard_to_admit.writing_in_public": ("writing",),
    "hard_to_admit.being_answered_badly": ("answering", "safety"),
    "hard_to_admit.judging_what_i_am_told": ("data", "asking"),
    "hard_to_admit.figures_and_data": ("data",),
    "seen.knew_more_than_said": ("passing_on",),
    "seen.was_less_sure_than_said": ("confidence", "asking"),
    "seen.avoided_the_screen": ("confidence",),
    "seen.broadcast_only": ("asking", "listening"),
    "seen.worried_about_safety": ("safety", "settings"),
}

# What already works: shown first, before anything that would help.
WORKS: tuple[str, ...] = (
    *("good_at.listening", "good_at.explaining", "good_at.telling_stories", "good_at.writing"),
    *("good_at.connecting_people", "good_at.being_visible", "good_at.deciding"),
    *("online_now.reply", "online_now.write_what_i_learn", "online_now.nothing_by_choice"),
    *("last_answer.this_week", "last_answer.this_month", "what_next.we_kept_talking", "what_next.i_thanked"),
    *("team.they_do_much", "team.they_do_some", "team.they_use_data"),
    *("how_it_lands.gives_energy", "how_it_lands.useful", "in_a_meeting.ask_openly"),
    *("seen.asked_the_team", "seen.asked_a_question_in_public", "seen.answered_somebody"),
    *("seen.wrote_what_was_learned", "seen.changed_a_setting", "seen.asked_for_help"),
    *("seen.passed_something_on", "seen.knew_more_than_said"),
)

OPENINGS: dict[str, tuple[str, str]] = {
    "start_from_your_role": ("find-where-one-audience-talks", "ask-the-team"),
    "work_out_loud": ("begin-from-what-works", "ask-a-question-and-wait"),
    "take_control": ("one-setting-on-one-account", "pass-on-one-thing"),
}
FIRST = 3  # steps that a plan opens with

# Whoever said or showed one of these begins with what nobody else notices.
KEEPS_TO_ONESELF: frozenset[str] = frozenset(
    {
        *("in_a_meeting.look_up_later", "in_a_meeting.nod_and_go_on", "in_a_meeting.leave_to_others"),
        *("worries.security", "worries.reputation", "worries.abuse", "worries.family", "worries.looking_foolish"),
        *("hard_to_admit.asking_for_basics", "hard_to_admit.my_own_devices"),
        *("hard_to_admit.what_is_safe", "hard_to_admit.one_password"),
        *("hard_to_admit.writing_in_public", "hard_to_admit.being_answered_badly"),
        *("seen.was_less_sure_than_said", "seen.avoided_the_screen", "seen.worried_about_safety"),
    }
)

# Whoever said one of these begins with a question, and only then with what worked: there may be nothing that did.
UNANSWERED: frozenset[str] = frozenset(
    {"last_answer.longer_ago", "last_answer.cannot_remember", "last_answer.never", "worries.no_answer"}
)

# The worry that an answer says; and, where none was said, the one that it shows.
WORRIED: dict[str, str] = {
    "worries.security": "security",
    "worries.reputation": "reputation",
    "worries.abuse": "abuse",
    "worries.family": "family",
    "worries.looking_foolish": "looking_foolish",
    "worries.how_i_come_across": "how_i_come_across",
    "worries.no_answer": "no_answer",
    "worries.time": "time",
    "what_next.it_turned_unpleasant": "abuse",
    "time.none_now": "time",
    "in_a_meeting.nod_and_go_on": "looking_foolish",
    "in_a_meeting.look_up_later": "looking_foolish",
    "hard_to_admit.asking_for_basics": "looking_foolish",
    "hard_to_admit.what_is_safe": "security",
    "hard_to_admit.one_password": "security",
    "hard_to_admit.being_answered_badly": "abuse",
    "seen.was_less_sure_than_said": "looking_foolish",
    "seen.worried_about_safety": "security",
}
NAMED = ("worries.", "hard_to_admit.")  # how a reference begins where it was said in so many words

# What takes up each worry, the one that helps most first; each begins with something done alone.
WORRY_STEPS: dict[str, tuple[str, ...]] = {
    "security": (
        *("two-steps-for-your-email", "save-one-password-well", "check-your-way-back-in", "turn-on-a-passkey"),
        *("lock-your-screen", "check-the-signed-in-devices"),
    ),
    "reputation": (
        *("write-what-you-never-post", "see-yourself-signed-out", "search-your-own-name", "make-a-first-hour-card"),
    ),
    "abuse": ("practise-keeping-proof", "make-a-first-hour-card", "mute-one-account"),
    "family": ("who-saw-your-last-photo", "agree-a-family-word", "talk-at-home"),
    "looking_foolish": (
        "have-one-sentence-ready",
        "note-the-words-that-go-by",
        "look-up-one-word",
        "say-one-worry-to-your-mentor",
    ),
    "how_i_come_across": ("read-it-as-a-stranger", "write-as-you-speak", "ask-what-landed"),
    "no_answer": ("count-replies-not-views", "read-it-as-a-stranger", "end-with-one-question"),
    "time": ("keep-ten-minutes", "turn-off-one-noise", "set-a-quiet-hour"),
}

# What stands first among the steps of its worry for whoever said this.
SOONER: dict[str, str] = {
    "hard_to_admit.one_password": "save-one-password-well",
    "time.none_now": "turn-off-one-noise",  # not a date in a diary that is full
}

# Points of a step, for its place in the ranking only; the weight of its heaviest approach (0 to 100) comes first.
FOR_A_NEED = 6
MOST_NEEDS = 3  # needs of a step that count
FOR_A_WORRY = 10  # it takes up a worry that was told
FOR_GOING_ON = 10  # it follows a step that was done
FOR_THE_PLACE = 3
FOR_ANOTHER_PLACE = -20
FOR_TOO_LONG = -20
FOR_LIKE_A_SKIPPED_ONE = -6  # each skipped step that shares an approach and a need with it
MOST_LIKE_SKIPPED = 3
PARTS = 1000  # of a point: a weight is shared out in thousandths where approaches take turns
SHORT_MINUTES = {"none_now": 5}  # answer to the question about time: the longest step that fits; otherwise ten

# How much is known: answers count one each (those about time and place not), different observations two each.
FITTING = ("time", "place")
WORTH_OF_AN_OBSERVATION = 2
FROM_SOME = 4
FROM_A_FAIR_AMOUNT = 10
OBSERVATIONS_FOR_A_FAIR_AMOUNT = 2  # different ones, at least one of them written down by the mentor
