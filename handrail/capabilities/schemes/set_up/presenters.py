"""How a scheme is set up, in words: the summary, its questions in order, and its outcomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from handrail.capabilities.schemes.joining.forms import LeadersForm, LevelsForm, ListForm, MentorsForm, TeamsForm
from handrail.capabilities.schemes.joining.queries import by_name_and_address, joining_of, listed_people, teams_in
from handrail.capabilities.schemes.joining.rules import (
    LEADER,
    MENTOR,
    Leaders,
    Mentors,
    leaders_in_words,
    mentors_in_words,
)
from handrail.capabilities.schemes.set_up import forms
from handrail.capabilities.schemes.set_up.models import Outcome, SetUp
from handrail.capabilities.schemes.set_up.queries import what_pairs_agree
from handrail.design.dates import date_in_words
from handrail.design.parts import Row, Task, Text

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person
    from handrail.capabilities.schemes.joining.models import Joining
    from handrail.capabilities.schemes.joining.queries import LetIn
    from handrail.capabilities.schemes.models import Scheme

STEPS: dict[str, Text] = {
    "name": lazy("What is the scheme called?"),
    "purpose": lazy("What is it for, in a sentence?"),
    "asker": lazy("In whose name are people asked?"),
    "weeks": lazy("For how many weeks does a pair meet?"),
    "rhythm": lazy("How often?"),
    "joining": lazy("Who may join, in your words?"),
    "leaders": lazy("Which leaders may join?"),
    "teams": lazy("Which teams or places?"),
    "levels": lazy("From which level up?"),
    "list_of_leaders": lazy("Who is on your list of leaders?"),
    "mentors": lazy("Which mentors may join?"),
    "list_of_mentors": lazy("Who is on your list of mentors?"),
    "threshold": lazy("How many people must a group have before it is counted?"),
    "data": lazy("What must people know about data here?"),
    "agreement": lazy("What do pairs agree to?"),
}
# Steps that only some answers lead to: the step before, and the answer.
AFTER: dict[str, tuple[str, str]] = {
    "teams": ("leaders", Leaders.THERE),
    "levels": ("leaders", Leaders.LEVELS),
    "list_of_leaders": ("leaders", Leaders.LISTED),
    "list_of_mentors": ("mentors", Mentors.LISTED),
}
LISTS = {"list_of_leaders": LEADER, "list_of_mentors": MENTOR}
OF_JOINING = frozenset({"leaders", "mentors", *AFTER})
STATES: dict[str, Text] = {
    Outcome.State.RUNNING: lazy("Running"),
    Outcome.State.REACHED: lazy("Reached"),
    Outcome.State.STOPPED: lazy("Stopped"),
}


@dataclass(frozen=True)
class WhoMayJoin:
    joining: Joining
    let_in: LetIn


@dataclass(frozen=True)
class Summary:
    """One scheme on its page: what is settled, what it serves, what everybody can rely on."""

    rows: list[Row]
    outcomes: list[Task]
    missing: list[str]


def steps_asked(joining: Joining) -> list[str]:
    """The questions in order, without those that no answer so far leads to."""
    return [step for step in STEPS if step not in AFTER or getattr(joining, AFTER[step][0]) == AFTER[step][1]]


def comes_after(one: str, step: str) -> bool:
    steps = list(STEPS)
    return steps.index(one) > steps.index(step)


def now_let_in(who: WhoMayJoin, step: str) -> str:
    """What an answer came to, said at once."""
    if step in ("mentors", "list_of_mentors"):
        return _("As mentors: %(who)s.") % {"who": mentors_let_in(who).removesuffix(".")}
    return _("As leaders: %(who)s.") % {"who": leaders_let_in(who).removesuffix(".")}


def summary_of(
    scheme: Scheme, set_up: SetUp, who: WhoMayJoin, outcomes: list[Outcome], contact: Person | None
) -> Summary:
    return Summary(
        _rows(scheme, set_up, who, contact),
        [_outcome_line(scheme, one) for one in outcomes],
        _missing(scheme, who.let_in, outcomes),
    )


def let_in_words(who: str, number: int) -> str:
    counted = ngettext("%(who)s: %(number)d person", "%(who)s: %(number)d people", number)
    return capfirst(counted % {"who": who, "number": number})


def leaders_let_in(who: WhoMayJoin) -> str:
    said = let_in_words(leaders_in_words(who.joining), who.let_in.leaders)
    if not who.let_in.unknown_lines:
        return said
    unknown = ngettext(
        "%(said)s. The line of %(number)d person is not known: they cannot join this way.",
        "%(said)s. The lines of %(number)d people are not known: they cannot join this way.",
        who.let_in.unknown_lines,
    )
    return unknown % {"said": said, "number": who.let_in.unknown_lines}


def mentors_let_in(who: WhoMayJoin) -> str:
    return let_in_words(mentors_in_words(who.joining), who.let_in.mentors)


def _rows(scheme: Scheme, set_up: SetUp, who: WhoMayJoin, contact: Person | None) -> list[Row]:
    weeks = ngettext("%(weeks)d week", "%(weeks)d weeks", set_up.weeks) % {"weeks": set_up.weeks}
    rhythm = dict(forms.RHYTHMS)[SetUp.Rhythm(set_up.rhythm)]
    joining = set_up.who_may_join or _("Nothing said")
    named = contact.name if contact else _("Nobody yet: pairs have nobody outside to turn to")
    said: list[tuple[str, Text, Any]] = [
        ("name", _("Name"), scheme.name),
        ("purpose", _("What it is for"), scheme.purpose or _("Not said yet")),
        ("asker", _("Who asks"), scheme.asked_by.name if scheme.asked_by else _("Whoever coordinates")),
        ("weeks", _("How long"), weeks),
        ("rhythm", _("How often"), rhythm),
        (
            "joining",
            _("Who may join, in your words"),
            joining if set_up.takes_sign_ups else _("Closed for now: %s") % joining,
        ),
        ("leaders", _("Leaders who may join"), leaders_let_in(who)),
        ("mentors", _("Mentors who may join"), mentors_let_in(who)),
        ("threshold", _("Smallest group counted"), scheme.threshold),
        ("data", _("About data here"), set_up.about_data or _("Nothing beyond what Handrail says itself")),
        ("agreement", _("What pairs agree to"), what_pairs_agree(set_up)),
    ]
    rows = [Row(key, value, _("Change"), reverse("scheme_step", args=[scheme.pk, step])) for step, key, value in said]
    if scheme.draft:
        return rows
    return [
        *rows,
        Row(_("Safeguarding contact"), named, _("Change") if contact else _("Name"), reverse("scheme_contact")),
        Row(_("Recovery by custodians"), _("Off unless you turn it on"), _("See"), reverse("custody")),
    ]


def _outcome_line(scheme: Scheme, outcome: Outcome) -> Task:
    figure = _("Today: %(figure)s") % {"figure": outcome.figure} if outcome.figure else _("No figure of today yet")
    review = _("look again on %(day)s") % {"day": date_in_words(outcome.review_on)}
    return Task(
        outcome.name,
        reverse("scheme_outcome", args=[scheme.pk, outcome.pk]),
        status=STATES[outcome.state],
        done=outcome.state == Outcome.State.REACHED,
        hint=f"{outcome.measure}. {figure}; {review}.",
    )


def _missing(scheme: Scheme, let_in: LetIn, outcomes: list[Outcome]) -> list[str]:
    """What is worth settling before anybody is invited; nothing of it stops a scheme."""
    missing = []
    if not scheme.purpose:
        missing.append(_("Say in a sentence what it is for."))
    if not outcomes:
        missing.append(_("Write down one outcome: otherwise nobody can say later whether it was worth it."))
    if any(not one.figure for one in outcomes if one.state == Outcome.State.RUNNING):
        missing.append(_("Write down where each outcome stands today. Afterwards it cannot be measured."))
    if not (let_in.leaders and let_in.mentors):
        missing.append(_("Look at who may join: so far one of the two sides lets nobody in."))
    if scheme.contact_id is None and not scheme.draft:
        missing.append(_("Name a safeguarding contact outside the leaders’ lines."))
    return missing


def outcome_rows(outcome: Outcome) -> list[Row]:
    figure = outcome.figure or "–"
    if outcome.figure and outcome.figure_on:
        figure = _("%(figure)s, written on %(day)s") % {
            "figure": outcome.figure,
            "day": date_in_words(outcome.figure_on),
        }
    return [
        Row(_("Line of the strategy"), outcome.strategy_line),
        Row(_("How you would see it"), outcome.measure),
        Row(_("Where it stood"), figure),
        Row(_("Who owns it"), outcome.owner.name if outcome.owner else "–"),
        Row(_("Look again on"), date_in_words(outcome.review_on)),
        Row(_("State"), STATES[outcome.state]),
        *_settled_rows(outcome),
    ]


def _settled_rows(outcome: Outcome) -> list[Row]:
    if outcome.settled_on is None:
        return []
    return [
        Row(_("Settled on"), date_in_words(outcome.settled_on)),
        Row(_("Where it stood then"), outcome.found or "–"),
        Row(_("Why"), outcome.said or "–"),
    ]


def initial_of_outcome(outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {}
    kept = ("name", "strategy_line", "measure", "figure", "review_on")
    return {name: getattr(outcome, name) for name in kept} | {"owner": outcome.owner.name if outcome.owner else ""}


def form_of(step: str, sent: Any, scheme: Scheme, set_up: SetUp, organisation: Organisation) -> Any:
    """The step's form, with what was settled before."""
    if step in OF_JOINING:
        return _form_of_joining(step, sent, scheme)
    makers: dict[str, Callable[[], Any]] = {
        "name": lambda: forms.NameForm(sent, initial={"name": scheme.name}),
        "purpose": lambda: forms.PurposeForm(sent, initial={"purpose": scheme.purpose}),
        "asker": lambda: forms.AskerForm(
            sent,
            organisation=organisation,
            initial={"asked_by": scheme.asked_by.name if scheme.asked_by else ""},
        ),
        "weeks": lambda: forms.WeeksForm(sent, initial={"weeks": set_up.weeks}),
        "rhythm": lambda: forms.RhythmForm(sent, initial={"rhythm": set_up.rhythm}),
        "joining": lambda: forms.JoiningForm(
            sent,
            initial={
                "who_may_join": set_up.who_may_join,
                "sign_ups": forms.OPEN if set_up.takes_sign_ups else forms.CLOSED,
            },
        ),
        "threshold": lambda: forms.ThresholdForm(sent, now=scheme.threshold, initial={"threshold": scheme.threshold}),
        "data": lambda: forms.DataForm(sent, initial={"about_data": set_up.about_data}),
        "agreement": lambda: forms.AgreementForm(sent, initial={"pairs_agree": what_pairs_agree(set_up)}),
    }
    return makers[step]()


def _form_of_joining(step: str, sent: Any, scheme: Scheme) -> Any:
    if step in LISTS:
        names = "\n".join(one.name for one in listed_people(scheme, LISTS[step]))
        return ListForm(sent, known=by_name_and_address(scheme), initial={"people": names})
    joining = joining_of(scheme)
    if step == "teams":
        return TeamsForm(sent, known=teams_in(scheme), initial={"teams": joining.teams})
    one = {"leaders": LeadersForm, "levels": LevelsForm, "mentors": MentorsForm}[step]
    return one(sent, initial={step: getattr(joining, step)})


def answers_of(step: str, cleaned: dict[str, Any]) -> dict[str, Any]:
    if step == "joining":
        return {"who_may_join": cleaned["who_may_join"], "takes_sign_ups": cleaned["sign_ups"] == forms.OPEN}
    return cleaned


def around(scheme: Scheme) -> list[Task]:
    """What else is done with a scheme."""
    return [
        Task(
            _("The scheme kit"),
            reverse("kit"),
            hint=_("A calendar, texts, a board paper, pages for IT and information governance"),
        ),
        Task(
            _("What leaders tell"),
            reverse("stories"),
            hint=_("Instead of figures in a small scheme: two sentences each, from whoever wanted to"),
        ),
        Task(
            _("Prepare the next one"),
            reverse("scheme_next", args=[scheme.pk]),
            hint=_("The same once more, for the next cohort or another group"),
        ),
        Task(
            _("Hand over, or have it covered"),
            reverse("handover"),
            hint=_("To a colleague, for good or while you are away"),
        ),
        *([] if scheme.draft else [_way_to_end(scheme)]),
    ]


def _way_to_end(scheme: Scheme) -> Task:
    here = reverse("scheme_end", args=[scheme.pk])
    if scheme.ends_on is None:
        return Task(_("End this scheme"), here, hint=_("On a day you choose, with a kind word to everybody in it"))
    day = date_in_words(scheme.ends_on)
    return Task(_("It ends on %(day)s") % {"day": day}, here, hint=_("You can take that back until then"))


def others_in_words(others: list[Scheme]) -> list[Task]:
    return [_other(one) for one in others]


def _other(scheme: Scheme) -> Task:
    if scheme.ended_on is not None:
        day = date_in_words(scheme.ended_on)
        return Task(scheme.name, reverse("scheme_ended", args=[scheme.pk]), hint=_("Ended on %(day)s") % {"day": day})
    hint = _("Being prepared") if scheme.draft else _("An earlier one, whose pairs go on")
    return Task(scheme.name, reverse("scheme_set_up", args=[scheme.pk]), hint=hint)
