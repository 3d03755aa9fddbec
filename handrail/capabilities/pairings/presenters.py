"""Words and links about pairings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.answering.queries import NO, YES
from handrail.capabilities.pairings.emails import question, reaches
from handrail.capabilities.pairings.going_on.presenters import wishes_of
from handrail.capabilities.pairings.going_on.rules import is_waited_for
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.queries import OwnPairing, Times
from handrail.capabilities.people.queries import letter_address
from handrail.capabilities.people.rules import Closeness
from handrail.capabilities.schemes.joining.rules import first_few
from handrail.capabilities.starting_point.queries import Shared
from handrail.design.addresses import address_of_each
from handrail.design.dates import weekday_and_time_in_words
from handrail.design.numbers import number_in_words
from handrail.design.parts import DONE, LATER, NOW, Row, Step, Task
from handrail.formats.essentials import Theme
from handrail.formats.pieces import Piece

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.joining.queries import Outside
    from handrail.capabilities.schemes.models import Scheme

State = Pairing.State
BOTH = ("leader", "mentor")


def own_state_in_words(own: OwnPairing) -> str:
    """The state one of the two sees."""
    if own.pairing.state == State.ASKED:
        return {
            YES: _("You said yes. There is nothing more to do: what comes of it will stand here."),
            NO: _(
                "You said no. There is nothing more to do. Both of you read on a morning soon that it will not go "
                "ahead, and nobody is told why."
            ),
        }.get(own.answer, _("You are asked whether you would like to meet."))
    return {
        State.AGREED: _("You two are on."),
        State.PAUSED: _("Paused. Nothing is expected of you."),
        State.CHANGING: _("The next pairing is being looked for, for each of you."),
        State.NOT_TAKEN_UP: _("This will not go ahead. There is nothing you need to do."),
        State.CANCELLED: _("This will not go ahead. There is nothing you need to do."),
        State.ENDED: _("This pairing has ended."),
        State.CLOSED: _("This pairing has ended."),
    }[State(own.pairing.state)]


def last_day_of(own: OwnPairing) -> str:
    """While the scheme comes to its close, and with it this pairing: until when."""
    scheme, runs = own.pairing.scheme, own.pairing.state in rules.RUNNING
    return date_format(scheme.ends_on, "j F Y") if runs and scheme.ends_on and not scheme.ended_on else ""


def people_to_choose(people: list[Person], leader: Person | None, mentor: Person | None) -> list[Task]:
    """People to tap; each leads to the next question."""
    return [
        Task(
            person.name,
            _next_question(person, leader, mentor),
            hint=" · ".join(filter(None, (person.job_title, person.unit))),
        )
        for person in people
    ]


def _next_question(person: Person, leader: Person | None, mentor: Person | None) -> str:
    if leader:
        return reverse("pairing_ask", args=[leader.pk, person.pk])
    if mentor:
        return reverse("pairing_ask", args=[person.pk, mentor.pk])
    return reverse("pairing_new_mentor", args=[person.pk])


def question_to(leader: Person, mentor: Person) -> str:
    names = {"leader": leader.name, "mentor": mentor.name}
    return _("Ask %(leader)s as the leader and %(mentor)s as the mentor") % names


def usual_question(proposed: Pairing | None) -> dict[str, str]:
    """The words to begin with, and why these two were proposed all the same."""
    words = _("I think you two would get on, and both gain from it.")
    return {"words": words, "reason_to_go_on": proposed.reason_to_go_on if proposed else ""}


def outside_in_words(scheme: Scheme | None, outside: Iterable[Outside]) -> list[str]:
    """Who could not have joined by themselves, and where that is changed."""
    if scheme is None:
        return []
    return [
        format_html(
            '{} <a href="{}">{}</a>',
            _("%(who)s That leaves out: %(names)s.") % {"who": one.said, "names": first_few(one.names)},
            reverse("scheme_step", args=[scheme.pk, f"{one.side}s"]),
            _("Change who may join"),
        )
        for one in outside
    ]


def warnings(leader: Person, mentor: Person, closeness: str) -> list[str]:
    """What the coordinator should know before asking these two."""
    said = []
    if closeness == Closeness.NEAR:
        said.append(_("One of the two stands above the other in the reporting line. People speak less freely then."))
    if closeness == Closeness.HEAD:
        said.append(
            _(
                "One of the two stands at the head of the organisation, above the other as above everybody. Name "
                "somebody outside the line whom the other can turn to, or think of a mentor from outside."
            )
        )
    if closeness == Closeness.UNKNOWN:
        said.append(_("The reporting line between them is not known. One may be the other's boss."))
    said += [
        _("%(name)s has no e-mail address. A letter to print is ready once you have asked.") % {"name": person.name}
        for person in (leader, mentor)
        if not person.email and not (person.account and person.account.email)
    ]
    return said


def offered_in_words(own: OwnPairing, times: Times) -> str:
    """Who has offered times and who chooses now; empty where nobody has offered any."""
    theirs, mine = times.by_other(own.side), times.by_me(own.side)
    if theirs:
        words = ngettext(
            "%(name)s offers %(number)s time: is it yours?", "%(name)s offers %(number)s times: choose one.", theirs
        )
        return words % {"name": own.other.name, "number": number_in_words(theirs)}
    if mine:
        words = ngettext(
            "You offer %(number)s time. %(name)s chooses.", "You offer %(number)s times. %(name)s chooses.", mine
        )
        return words % {"name": own.other.name, "number": number_in_words(mine)}
    return ""


def steps_of(own: OwnPairing, times: Times, *, have_chosen: int) -> list[Step]:
    """The pair's way so far, on the rail; where it goes no further, what was done."""
    pairing = own.pairing
    agreed = pairing.agreed_at is not None
    steps = [Step(_("You both said yes"), DONE if agreed else LATER)]
    if not agreed:
        return [Step(_("You said yes"), DONE), *steps] if own.said_yes else steps
    running = pairing.state == State.AGREED
    steps.append(_agreement_step(pairing, is_done=have_chosen == len(BOTH)))
    if not (running or pairing.state == State.PAUSED):
        return [step for step in steps if step.state == DONE]
    if times.meets_at is None:
        here = reverse("session_times", args=[pairing.pk])
        offered = offered_in_words(own, times) if running else ""
        steps.append(Step(_("Find a time"), NOW if running else LATER, here, note=offered))
    else:
        when = weekday_and_time_in_words(timezone.localtime(times.meets_at))
        steps.append(Step(_("A time is found"), DONE, reverse("session_times", args=[pairing.pk]), note=when))
    if pairing.met_at:
        guides = reverse("session_guides", args=[pairing.pk])
        steps.append(
            Step(_("Get ready for the next time"), NOW, guides, note=_("A guide for each thing worth knowing."))
        )
        return steps
    if own.side == "mentor":
        state, note = DONE if times.prepared else NOW, _("Twenty minutes in short parts, on your phone")
        steps.append(Step(_("Get ready as a mentor"), state, reverse("preparation"), note=note))
    steps.append(
        Step(
            _("Get ready for the first time"),
            NOW if times.meets_at else LATER,
            reverse("first_session", args=[pairing.pk]),
            note=_("Two minutes. What to say, and what not."),
        )
    )
    return steps


def _agreement_step(pairing: Pairing, *, is_done: bool) -> Step:
    here, words = reverse("agreement", args=[pairing.pk]), _("Agree how you work")
    if is_done:
        return Step(words, DONE, here, note=_("What applies, and what you want from it."))
    state = NOW if pairing.state == State.AGREED else LATER
    return Step(words, state, here, note=_("Four taps, each of you alone. And what you want from it."))


def from_starting_point(own: OwnPairing) -> str:
    if own.side == "leader":
        return _("What you shared of your starting point")
    return _("From %(name)s’s starting point") % {"name": own.other.name}


def from_walkthroughs(own: OwnPairing) -> str:
    if own.side == "leader":
        return _("What you shared of your walk-throughs")
    return _("From %(name)s’s walk-throughs") % {"name": own.other.name}


def places_to_write(own: OwnPairing, *, shared: bool = False, walked: bool = False, plan: str = "") -> list[Task]:
    """Where the two write, where one writes alone, and what the leader shared: starting point, walk-throughs, plan."""
    pairing = own.pairing
    if pairing.agreed_at is None:
        return []
    here = reverse("pairing_starting_point", args=[pairing.pk])
    plan_text = _("Your plan") if own.side == "leader" else _("The plan of you two")
    seen = Task(_("What you saw together"), reverse("seen_together", args=[pairing.pk]), hint=_("A few taps"))
    there = reverse("pairing_walkthroughs", args=[pairing.pk])
    return [
        *([Task(plan_text, plan, hint=_("Readable by you two only"))] if plan else []),
        seen,
        *([Task(from_starting_point(own), here, hint=_("Readable by you two only"))] if shared else []),
        *([Task(from_walkthroughs(own), there, hint=_("Readable by you two only"))] if walked else []),
        Task(
            _("For the next time you meet"),
            reverse("agreement_agenda", args=[pairing.pk]),
            hint=_("What to talk about. Readable by you and %(name)s only") % {"name": own.other.name},
        ),
        Task(
            _("Notes of you two"),
            reverse("pairing_notes", args=[pairing.pk]),
            hint=_("Readable by you and %(name)s only") % {"name": own.other.name},
        ),
        Task(_("Your own notes"), reverse("pairing_own_notes", args=[pairing.pk]), hint=_("Readable by you only")),
    ]


@dataclass(frozen=True)
class ToReach:
    """One of the two who are asked: how the question gets to them, and where a letter for them is made."""

    name: str
    how: str
    letter: str


def asked_in_words(pairing: Pairing) -> str:
    """What has become of the question: nothing is said to have gone out that has not."""
    waiting = [person.name for person in (pairing.leader, pairing.mentor) if not reaches(person)]
    if not waiting:
        return _("Both have been asked.")
    if len(waiting) == 1:
        return _("The question is ready. Print it for %(name)s.") % {"name": waiting[0]}
    return _("The question to both is ready: print it, or send it by hand.")


def people_to_reach(pairing: Pairing, organisation_id: int) -> list[ToReach]:
    """While a question is open: for each of the two how it reaches them."""
    if pairing.state != State.ASKED:
        return []
    found = []
    for side, person in (("leader", pairing.leader), ("mentor", pairing.mentor)):
        letter = reverse(f"pairing_letter_{side}", args=[pairing.pk])
        own = rules.can_print_question(pairing, person, organisation_id)
        found.append(ToReach(person.name, _how_reached(person, own), letter if own else ""))
    return found


def _how_reached(person: Person, own: bool) -> str:
    if not own:
        return _("In another organisation: its coordinator can print a letter.")
    if reaches(person):
        return _("Written to by e-mail. A letter helps where that is not read.")
    if person.email or (person.account and person.account.email):
        return _(
            "No mail leaves this installation. A letter holds the question and a code; print it, or send its text."
        )
    return _("Has no e-mail address. A letter holds the question and a code to answer with.")


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_code: bool


def question_on_paper(pairing: Pairing, person: Person, code: str) -> tuple[str, list[Paragraph]]:
    """The letter as one text to copy, and its paragraphs to print."""
    address = letter_address()
    how = _(
        "To answer, type this address into a browser:\n\n%(address)s\n\nand then this code, which works once, for "
        "thirty days:\n\n%(code)s\n\nTyping it answers nothing yet: you read the question once more first. "
        "Nobody will ask you for this code by telephone."
    ) % {"address": address, "code": code}
    text = question(pairing, person, how)
    if pairing.asked_by and pairing.asked_by.job_title:
        text = f"{text}, {pairing.asked_by.job_title}"
    return text, [Paragraph(part, part in (address, code)) for part in text.split("\n\n")]


def shared_in_words(shared: Shared | None) -> str:
    if shared is None:
        return ""
    return _("As it stood on %(day)s.") % {"day": date_format(shared.shared_on, "j F Y")}


def asked_already(pairing: Pairing) -> str:
    """For a coordinator whose colleague was there first."""
    day = date_format(timezone.localtime(pairing.asked_at), "j F")
    names = {"leader": pairing.leader.name, "mentor": pairing.mentor.name, "day": day}
    if pairing.asked_by is None:
        return _("%(leader)s and %(mentor)s were paired on %(day)s. Nothing was sent twice.") % names
    words = _("%(asker)s asked %(leader)s and %(mentor)s on %(day)s. Nothing was sent twice.")
    return words % {**names, "asker": pairing.asked_by.name}


HEADERS = [gettext_lazy("Leader"), gettext_lazy("Mentor"), gettext_lazy("How far")]


def pairing_rows(pairings: list[Pairing]) -> list[tuple[str, ...]]:
    address = address_of_each("pairing_overview")
    return [
        (
            format_html('<a href="{}">{}</a>', address(pairing.pk), pairing.leader.name),
            pairing.mentor.name,
            rules.state_in_words(pairing),
        )
        for pairing in pairings
    ]


def overview_of(pairing: Pairing) -> list[Row]:
    """What a coordinator may know of one pairing."""
    how_far = Row(_("How far"), rules.state_in_words(pairing))
    two = [Row(_("Leader"), pairing.leader.name), Row(_("Mentor"), pairing.mentor.name)]
    if pairing.state == State.PROPOSED:
        return [
            *two,
            how_far,
            *([Row(_("Why all the same"), pairing.reason_to_go_on)] if pairing.reason_to_go_on else []),
        ]
    day = date_format(timezone.localtime(pairing.asked_at), "j F Y")
    rows = [*two, how_far, Row(_("Here since"), day)]  # brought along from a list: nobody here asked the two
    if pairing.asked_words:
        rows = [
            *two,
            how_far,
            Row(_("Asked by"), pairing.asked_by.name if pairing.asked_by else "–"),
            Row(_("Asked on"), day),
            Row(_("What both read"), pairing.asked_words),
        ]
    if pairing.reason_to_go_on:
        rows.append(Row(_("Why all the same"), pairing.reason_to_go_on))
    return [*rows, *wishes_of(pairing)]


def what_to_know(pairing: Pairing, now: datetime) -> str:
    """A sentence for the coordinator, where there is something to do or to wait for."""
    if pairing.state == State.CHANGING:
        return _("Both are asked what they would like next, each alone. You see it once it is settled.")
    if is_waited_for(pairing, now):
        return _(
            "They were asked, privately, how they would like to go on, and have not said yet. A friendly word may "
            "help: most of the time it is the calendar."
        )
    return ""


def guides_of(own: OwnPairing, themes: Iterable[Theme]) -> list[tuple[str, list[Task]]]:
    """By theme: a guide for each essential."""
    return [
        (
            theme.name,
            [Task(one.name, reverse("session_guide", args=[own.pairing.pk, one.id])) for one in theme.essentials],
        )
        for theme in themes
    ]


def as_markup(piece: Piece) -> SafeString:
    """A piece's text; the reader of pieces has let nothing harmful through."""
    return mark_safe(piece.html)  # noqa: S308
