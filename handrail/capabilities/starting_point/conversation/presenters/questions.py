"""The words of the fourteen questions. No jargon, no theme by name, nothing to be ashamed of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from handrail.capabilities.starting_point.sheet import Sheet
from handrail.design.parts import Choice, Text
from handrail.engines.approach import QUESTIONS, Question


@dataclass(frozen=True)
class Words:
    """A question on its page, in a list of answers (`short`), and each of its options."""

    title: Text
    short: Text
    options: dict[str, Text]
    hint: Text = ""
    own: Text = ""
    ways: dict[str, Text] = field(default_factory=dict)  # says more about an option


ANY = lazy("Tap any that fit.")
MOST_CANNOT = lazy("Most people cannot remember one. That is useful, too.")
THREE = lazy("Up to three: those that weigh most.")

WORDS: dict[str, Words] = {
    "role_goal": Words(
        title=lazy("What must you achieve in your role this year?"),
        short=lazy("This year"),
        hint=THREE,
        own=lazy("In your own words, if you like"),
        options={
            "improve_a_service": lazy("Make a service better"),
            "save_money": lazy("Spend less"),
            "keep_people_safe": lazy("Keep people safe"),
            "change_how_we_work": lazy("Change how we work"),
            "keep_good_staff": lazy("Keep good staff"),
            "win_trust": lazy("Win people’s trust"),
            "grow_support": lazy("Find more support for what we do"),
            "get_through_hard_times": lazy("Get us through a hard time"),
            "something_else": lazy("Something else"),
        },
    ),
    "audience": Words(
        title=lazy("Whom do you most need to reach?"),
        short=lazy("Whom you need to reach"),
        hint=ANY,
        own=lazy("Somebody else, or somebody in particular"),
        options={
            "people_we_serve": lazy("The people we serve: customers, visitors, an audience"),
            "families": lazy("Their families, or who cares for them"),
            "staff": lazy("Our staff, and who may join us"),
            "volunteers": lazy("Volunteers"),
            "partners": lazy("Partners, contractors and suppliers"),
            "businesses": lazy("Shops and other businesses"),
            "employers": lazy("Employers"),
            "members_or_board": lazy("Members, councillors, or the board"),
            "funders": lazy("Those who fund us or give"),
            "investors": lazy("Investors or owners"),
            "local_people": lazy("People who live here"),
            "government": lazy("Government"),
            "regulators": lazy("Regulators and inspectors"),
            "press": lazy("The press"),
        },
    ),
    "audience_places": Words(
        title=lazy("Where do they talk online, as far as you know?"),
        short=lazy("Where they talk online"),
        hint=lazy("A guess is fine. So is not knowing."),
        options={
            "own_website": lazy("On our own website"),
            "internal_network": lazy("On our network inside the organisation"),
            "local_groups": lazy("In local groups, for example on Facebook"),
            "linkedin": lazy("On LinkedIn"),
            "short_posts": lazy("In short posts, for example on Bluesky, X or Mastodon"),
            "messaging": lazy("In messages, for example on WhatsApp or Teams"),
            "photo_video": lazy("With photos and videos, for example on Instagram, TikTok or YouTube"),
            "forums": lazy("In forums and comments"),
            "not_online": lazy("They are hardly online"),
            "dont_know": lazy("I do not know"),
        },
    ),
    "online_now": Words(
        title=lazy("What do you do online for work at the moment?"),
        short=lazy("What you do online"),
        hint=ANY,
        options={
            "read_only": lazy("I read what others write"),
            "announce": lazy("I announce our news, or run campaigns"),
            "reply": lazy("I reply to people"),
            "write_what_i_learn": lazy("I write about what I learn"),
            "share_photos": lazy("I share photos or videos"),
            "internal_only": lazy("I write inside the organisation only"),
            "somebody_posts_for_me": lazy("Somebody posts for me"),
            "nothing_by_choice": lazy("Nothing, and that is my choice"),
            "nothing_yet": lazy("Nothing yet"),
        },
    ),
    "last_answer": Words(
        title=lazy("When did somebody last answer something you wrote online?"),
        short=lazy("When somebody last answered you"),
        hint=MOST_CANNOT,
        options={
            "this_week": lazy("This week"),
            "this_month": lazy("This month"),
            "longer_ago": lazy("Longer ago"),
            "cannot_remember": lazy("I cannot remember"),
            "never": lazy("Not so far"),
            "i_do_not_post": lazy("I do not write online"),
        },
    ),
    "what_next": Words(
        title=lazy("And what happened next?"),
        short=lazy("What happened next"),
        hint=MOST_CANNOT,
        own=lazy("What happened, in your own words, if you like"),
        options={
            "we_kept_talking": lazy("We kept talking"),
            "i_thanked": lazy("I said thank you"),
            "i_did_not_answer": lazy("I left it there"),
            "somebody_answers_for_me": lazy("Somebody answers for me"),
            "it_turned_unpleasant": lazy("It turned unpleasant"),
            "nothing_to_answer": lazy("There was nothing to answer"),
        },
    ),
    "good_at": Words(
        title=lazy("What do people say you are good at?"),
        short=lazy("What you are good at"),
        hint=lazy("Up to three. Nobody else reads this."),
        options={
            "listening": lazy("Listening"),
            "explaining": lazy("Explaining things"),
            "telling_stories": lazy("Telling stories"),
            "writing": lazy("Writing"),
            "connecting_people": lazy("Bringing people together"),
            "being_visible": lazy("Being there, where people see me"),
            "deciding": lazy("Deciding"),
        },
    ),
    "team": Words(
        title=lazy("What does your team do online?"),
        short=lazy("What your team does"),
        hint=ANY,
        own=lazy("What they do, if you like"),
        options={
            "they_do_much": lazy("A lot"),
            "they_do_some": lazy("Some things"),
            "they_ask_me_in": lazy("They would like me to join in"),
            "they_keep_away": lazy("They keep away from it"),
            "they_use_data": lazy("They use figures to decide things"),
            "dont_know": lazy("I do not know"),
        },
    ),
    "how_it_lands": Words(
        title=lazy("Somebody says “digital”. How does it land with you?"),
        short=lazy("How “digital” lands"),
        hint=lazy("Up to three. There is no right answer."),
        own=lazy("In your own words, if you like"),
        options={
            "gives_energy": lazy("It gives me energy"),
            "useful": lazy("Useful"),
            "vague": lazy("Vague"),
            "pressure": lazy("Pressure"),
            "tiring": lazy("Tiring"),
            "for_others": lazy("Something for others"),
            "worrying": lazy("A little worrying"),
        },
    ),
    "in_a_meeting": Words(
        title=lazy("In a meeting, somebody uses a word you do not know. What do you mostly do?"),
        short=lazy("When a word is new in a meeting"),
        hint=lazy("Most people have done all of these."),
        options={
            "ask_openly": lazy("I ask what it means"),
            "look_up_later": lazy("I look it up afterwards"),
            "nod_and_go_on": lazy("I nod and go on"),
            "leave_to_others": lazy("I leave it to those who know"),
            "i_lead_it": lazy("I mostly lead that talk myself"),
            "rarely_happens": lazy("It rarely happens"),
        },
    ),
    "time": Words(
        title=lazy("How much time is there for small steps?"),
        short=lazy("Your time"),
        hint=lazy("None is an answer, too: then we begin with something else."),
        options={
            "ten_a_day": lazy("Ten minutes a day"),
            "ten_twice_a_week": lazy("Ten minutes, twice a week"),
            "ten_a_week": lazy("Ten minutes a week"),
            "ten_a_month": lazy("Ten minutes a month"),
            "none_now": lazy("None at the moment"),
        },
    ),
    "place": Words(
        title=lazy("Where would ten minutes fit?"),
        short=lazy("Where ten minutes fit"),
        hint=ANY,
        options={
            "phone_between_meetings": lazy("On my phone, between meetings"),
            "at_desk": lazy("At my desk"),
            "at_home": lazy("At home"),
            "travelling": lazy("On the way"),
            "with_mentor": lazy("With a mentor beside me"),
        },
    ),
    "worries": Words(
        title=lazy("What worries you about being online?"),
        short=lazy("What worries you"),
        hint=lazy("Tap any that fit. There is something you can do about each."),
        own=lazy("Something else, if you like"),
        options={
            "security": lazy("Being tricked or broken into"),
            "reputation": lazy("Saying something that is held against me"),
            "abuse": lazy("Abuse"),
            "family": lazy("My family being drawn in"),
            "looking_foolish": lazy("Looking foolish"),
            "how_i_come_across": lazy("How I come across"),
            "no_answer": lazy("Writing, and nobody answers"),
            "time": lazy("The time it eats"),
            "none": lazy("Nothing in particular"),
        },
    ),
    "hard_to_admit": Words(
        title=lazy("What comes less easily to you?"),
        short=lazy("What comes less easily to you"),
        hint=lazy("Most people have some of these and tell nobody. Only you can read it; pass it over like any other."),
        own=lazy("Something else, if you like"),
        options={
            "what_people_talk_about": lazy("Knowing what people are talking about"),
            "asking_for_basics": lazy("Asking about what others seem to know"),
            "my_own_devices": lazy("My own phone and computer"),
            "what_is_safe": lazy("Knowing what is safe"),
            "one_password": lazy("One password for nearly everything"),
            "writing_in_public": lazy("Writing where anybody can read it"),
            "being_answered_badly": lazy("Unkind answers"),
            "judging_what_i_am_told": lazy("Judging what I am told"),
            "figures_and_data": lazy("Figures and data"),
            "nothing_comes_to_mind": lazy("Nothing comes to mind"),
        },
    ),
}


def choices_of(question: Question) -> list[tuple[str, Text]]:
    return [(option, WORDS[question.id].options[option]) for option in question.options]


def taps_of(question: Question, tapped: Iterable[str]) -> list[Choice]:
    """Each option as one tap; what was tapped before says so."""
    before = set(tapped)
    return [
        Choice(option, text, _("Your answer so far") if option in before else "")
        for option, text in choices_of(question)
    ]


def answer_in_words(sheet: Sheet, question_id: str) -> str:
    """The answer to one question in one line; empty where there is none."""
    tapped = [str(WORDS[question_id].options[option]) for option in sheet.chosen.get(question_id, ())]
    own = sheet.words.get(question_id, "")
    return "; ".join([*tapped, *([own] if own else [])])


def option_in_words(answer: str) -> str:
    """`question.option` as “question: option”."""
    question_id, _dot, option = answer.partition(".")
    words = WORDS[question_id]
    return _("%(question)s: %(answer)s") % {"question": words.short, "answer": words.options[option]}


def place_in_words(sheet: Sheet, question: Question) -> str:
    """Where in the conversation one is, of all there are: a question left out moves one on and changes no total."""
    if question not in sheet.asked:
        return ""
    place = QUESTIONS.index(question)
    here = _("Question %(number)d of %(all)d.") % {"number": place + 1, "all": len(QUESTIONS)}
    left_out = 0
    while place > left_out and QUESTIONS[place - left_out - 1] not in sheet.asked:
        left_out += 1
    if not left_out:
        return here
    why = ngettext(
        "We left out one that does not fit your answers.",
        "We left out %(count)d that do not fit your answers.",
        left_out,
    ) % {"count": left_out}
    return f"{here} {why}"
