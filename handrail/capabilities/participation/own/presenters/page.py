"""One's own conversations in words: one plain sentence, what would help next, how it moved, what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.participation.own.presenters.words import NAMES, percent
from handrail.capabilities.participation.own.queries import SharedWith
from handrail.capabilities.participation.sheet import Sheet
from handrail.design.dates import date_in_words
from handrail.design.numbers import number_in_words
from handrail.design.parts import Row, Task
from handrail.engines.participation.flattery import SMALL_TALK
from handrail.engines.participation.own import A_QUARTER, Own, Quarter, moved, next_thing


@dataclass(frozen=True)
class NextThing:
    heading: str
    text: str


@dataclass(frozen=True)
class Moved:
    sentence: str
    headers: list[str]
    rows: list[tuple[str, str, str]]


NEXT = {
    "listen_and_answer": (
        gettext_lazy("Answer one person this week"),
        gettext_lazy("Somebody whose work matters to yours. Two sentences are enough, and a question is best."),
    ),
    "answer_first": (
        gettext_lazy("Before the next post, answer somebody"),
        gettext_lazy("Read what others wrote this week and answer one of them. Then post, and end with a question."),
    ),
    "ask_one": (
        gettext_lazy("Ask one question in the open"),
        gettext_lazy("You answer a great deal. A question of your own lets others answer you."),
    ),
    "answer_back": (
        gettext_lazy("Go back to three answers you got"),
        gettext_lazy("People answer you. One more sentence from you turns each of those into a conversation."),
    ),
    "look_where_it_matters": (
        gettext_lazy("Spend ten minutes where your outcomes are talked of"),
        gettext_lazy("Open one of those channels, read what the last week brought, and answer one person there."),
    ),
    "another_unit": (
        gettext_lazy("Open a conversation with another unit"),
        gettext_lazy("Yours are alive, and mostly near home. Ask somebody elsewhere how it looks to them."),
    ),
    "keep_going": (
        gettext_lazy("Pass on what works"),
        gettext_lazy("You give about as much as you get, and beyond your own unit. Show somebody how you do it."),
    ),
}


PLACES = {  # what an export's reader is called, and what the place is to those who write there
    "Bluesky repository": "Bluesky",
    "Discourse": "Discourse",
    "Mastodon archive": "Mastodon",
    "Mattermost export": "Mattermost",
    "Slack export": "Slack",
    "Teams export": "Teams",
    "Viva Engage export": "Viva Engage",
    "Zulip export": "Zulip",
    "mail (mbox)": gettext_lazy("e-mail"),
    "plain interactions": gettext_lazy("a list of your organisation’s own"),
}


def counted_in(places: Sequence[str]) -> str:
    """Which places the figures know, said before them: whoever posts elsewhere every day was not quiet."""
    if not places:
        return ""
    return _(
        "This counts what your organisation loaded, and nothing else: %(places)s. What you write in other places, "
        "on LinkedIn say or in a local group, is not in it."
    ) % {"places": get_text_list([str(PLACES.get(one, one)) for one in places], _("and"))}


def lead(sheet: Sheet) -> str:
    """The one plain sentence."""
    own = sheet.own
    if own is None:
        return _("Nothing of yours was found in what your organisation loaded.")
    recent = own.months[-A_QUARTER:]
    posts, replies = sum(one.posts for one in recent), sum(one.replies_given for one in recent)
    received = sum(one.replies_received for one in recent)
    if not own.months:
        return _("Your organisation’s export has no dates, so there is no telling when you took part.")
    if posts + replies + received == 0:
        return _("There, in the last three months, you were quiet and nobody wrote to you. There may be good reasons.")
    parts = {"posts": _posts(posts), "replies": _answers(replies)}
    if "replies_received" in own.unmeasured:
        return _("There, in the last three months, you wrote %(posts)s and %(replies)s.") % parts
    words = ngettext(
        "There, in the last three months, you wrote %(posts)s and %(replies)s; %(received)s answer came back to you.",
        "There, in the last three months, you wrote %(posts)s and %(replies)s; %(received)s answers came back to you.",
        received,
    )
    return words % (parts | {"received": number_in_words(received)})


def _posts(number: int) -> str:
    return ngettext("%(number)s post", "%(number)s posts", number) % {"number": number_in_words(number)}


def _answers(number: int) -> str:
    return ngettext("%(number)s answer", "%(number)s answers", number) % {"number": number_in_words(number)}


def next_thing_of(own: Own, sheet: Sheet) -> NextThing:
    what = next_thing(own, outcomes=sheet.outcomes)
    heading, text = (str(words) for words in NEXT[what])
    if what == "look_where_it_matters" and sheet.channels:
        named = get_text_list([f"“{name}”" for name in sheet.channels], _("or"))
        text += " " + _("For example %(channels)s.") % {"channels": named}
    return NextThing(heading, text)


def served_rows(own: Own) -> list[tuple[str, str, str, str]]:
    """By outcome: what concerned it, and the answers that reached its audience."""
    return [
        (
            one.outcome,
            "–" if one.share is None else percent(one.share),
            f"{one.answers_to_audience:,}",
            f"{one.audience_reached:,}",
        )
        for one in own.served
    ]


SERVED_HEADERS = [
    gettext_lazy("Outcome"),
    gettext_lazy("Of what you wrote"),
    gettext_lazy("Answers to those it is for"),
    gettext_lazy("People reached by them"),
]


def moved_since(own: Own, began_on: date | None) -> Moved | None:
    """The three months before the start beside the last three; nothing while there is too little of either."""
    start = None if began_on is None else began_on.year * 12 + began_on.month - 1
    both = moved(own.months, start)
    if both is None or began_on is None:
        return None
    before, now = both
    rows = [
        (_("Posts, answers and reactions"), f"{before.acts:,}", f"{now.acts:,}"),
        (_("Answers, of all you wrote"), _told(before.answered_share), _told(now.answered_share)),
        (_("Where outcomes are talked of"), _told(before.relevant_share), _told(now.relevant_share)),
        (_("People with whom it went both ways"), _told(before.two_way_share), _told(now.two_way_share)),
    ]
    return Moved(
        _moved_in_words(before, now, began_on),
        [_("What"), _("Three months before"), _("Last three months")],
        [row for row in rows if row[1:] != ("–", "–")],
    )


def _moved_in_words(before: Quarter, now: Quarter, began_on: date) -> str:
    since = _("You began in %(month)s.") % {"month": date_format(began_on, "F Y")}
    if before.two_way_share is None or now.two_way_share is None:
        return since
    change = round(100 * now.two_way_share) - round(100 * before.two_way_share)
    if abs(change) < 5:
        return since + " " + _("With as many people as before it goes both ways.")
    if change > 0:
        return since + " " + _("With more people than before it goes both ways.")
    return since + " " + _("With fewer people than before it goes both ways.")


def _told(share: float | None) -> str:
    return "–" if share is None else percent(share)


def rests_on(sheet: Sheet) -> list[str]:
    """What these figures rest on and cannot know."""
    said = [
        _("Nothing of what was written is kept. It counts who answered, reacted to or mentioned whom, where and when.")
    ]
    if sheet.own is not None and sheet.own.months:
        first, last = (
            date_format(date(one.month // 12, one.month % 12 + 1, 1), "F Y")
            for one in (sheet.own.months[0], sheet.own.months[-1])
        )
        said.append(_("From %(first)s to %(last)s.") % {"first": first, "last": last})
    said.append(_(SMALL_TALK))
    if sheet.own is not None:
        why = sorted(set(sheet.own.unmeasured.values()))
        said += [_("Not measurable from this source, and so left out: %(why)s.") % {"why": _(one)} for one in why]
    return said + [_first_upper(_(note)) + "." for note in sheet.notes]


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def sharing_tasks(shared: Sequence[SharedWith]) -> list[Task]:
    return [
        Task(
            _("Show %(name)s") % {"name": one.own.other.name},
            reverse("conversations_share", args=[one.own.pairing.pk]),
            status=_("Shown since %(day)s") % {"day": date_in_words(one.shared_on)} if one.shared_on else "",
            done=one.shared_on is not None,
            hint=_("The figures, without the names of others"),
        )
        for one in shared
    ]


def figures(own: Own) -> list[Row]:
    """What a mentor is shown of the numbers, and what the owner looks at before showing it."""
    recent = own.months[-A_QUARTER:]
    rows = [
        Row(_("Posts, last three months"), f"{sum(one.posts for one in recent):,}"),
        Row(_("Answers given"), f"{sum(one.replies_given for one in recent):,}"),
    ]
    if "replies_received" not in own.unmeasured:
        rows.append(Row(_("Answers that came back"), f"{sum(one.replies_received for one in recent):,}"))
    for name in ("two_way_share", "cross_unit_share", "threads_answered_share"):
        value = own.measures.get(name)
        if value is not None:
            rows.append(Row(_first_upper(str(NAMES[name])), percent(value)))
    return rows
