"""Home in words: one next thing, then the few others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.home import own_plan
from handrail.capabilities.home.coordinating import asked_by_coordinator, ways_of_coordinator
from handrail.capabilities.home.desk import desk_of
from handrail.capabilities.home.next_thing import NextThing
from handrail.capabilities.home.queries import DoneBeside, SchemeInNumbers, Start, Together
from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.queries import OwnPairing, PlanAtAGlance
from handrail.design.numbers import number_in_words
from handrail.design.parts import Step, Task

if TYPE_CHECKING:
    from handrail.capabilities.pairings.plan.presenters import Look
    from handrail.capabilities.pairings.proposals.models import Choice
    from handrail.capabilities.starting_point.decisions.queries import Ahead
    from handrail.capabilities.starting_point.models import Invitation


@dataclass(frozen=True)
class Home:
    """What somebody finds when they come: one thing to do now, and where else they may go."""

    next_thing: NextThing | None
    others: list[Task] = field(default_factory=list)
    more: list[Task] = field(default_factory=list)  # those of `others` that nobody needs each week
    pairings: list[Task] = field(default_factory=list)
    plans: list[PlanAtAGlance] = field(default_factory=list)
    meetings: list[Task] = field(default_factory=list)
    paused: str = ""
    done: list[Step] = field(default_factory=list)  # what was done, where no plan has a rail for it


def is_asked(own: OwnPairing) -> bool:
    """Whether this person is still to answer whether they would like to meet."""
    return own.pairing.state == rules.State.ASKED and not own.answer


def has_to_choose(together: Together) -> bool:
    """Whether the other waits for one of the times they offered to be chosen."""
    own, times = together.own, together.times
    return own.pairing.state == rules.State.AGREED and times.meets_at is None and bool(times.by_other(own.side))


def waits_for_the_other(together: Together) -> bool:
    """Whether there is nothing to do but to wait until the other chooses among one's own times."""
    own, times = together.own, together.times
    offered = own.pairing.state == rules.State.AGREED and times.meets_at is None and bool(times.by_me(own.side))
    return offered and not has_to_choose(together) and _how_to_go_on(own) is None


def of_reports() -> NextThing:
    """For the named contact, while there is something they have not read."""
    words = _("Somebody turns to you as the named contact. Only you can read it.")
    return NextThing(_("Something for you to read"), words, _("Read it"), reverse("reports"))


def of_pairing(together: Together) -> NextThing | None:
    """The next thing between two people, for one of them."""
    own, times = together.own, together.times
    pairing, other = own.pairing, own.other.name
    if is_asked(own):
        asker = pairing.asked_by.name if pairing.asked_by else pairing.scheme.organisation.name
        return NextThing(
            _("Would you like to meet %(name)s?") % {"name": other},
            _(
                "%(asker)s suggests it. Neither %(asker)s nor %(other)s reads what you write here, unless you show "
                "it. A no needs no reason, and it can wait."
            )
            % {"asker": asker, "other": other},
            _("Read and answer"),
            reverse("pairing_answer", args=[pairing.pk]),
        )
    if going_on := _how_to_go_on(own):
        return going_on
    if pairing.state == rules.State.AGREED and times.meets_at is not None:
        return NextThing(
            _("You meet %(other)s") % {"other": other},
            own_plan.meeting_in_words(times.meets_at),
            _("Get ready: two minutes"),
            reverse("session_guides" if pairing.met_at else "first_session", args=[pairing.pk]),
        )
    if has_to_choose(together):
        return _choose_one(own, times.by_other(own.side))
    if pairing.state == rules.State.AGREED and times.by_me(own.side):
        return NextThing(
            _("%(other)s chooses a time now") % {"other": other},
            _("There is nothing for you to do until then."),
            _("See what you offer"),
            reverse("session_times", args=[pairing.pk]),
        )
    if pairing.state == rules.State.AGREED:
        return NextThing(
            _("Find a time with %(other)s") % {"other": other},
            _("Half an hour. Tap the times that suit you."),
            _("Choose times"),
            reverse("session_times", args=[pairing.pk]),
        )
    return None


def _how_to_go_on(own: OwnPairing) -> NextThing | None:
    """What the two alone are asked: whether to go on, and what next."""
    facts = {"other": own.other.name}
    if own.pairing.asked_how_at is not None:
        return NextThing(
            _("How shall it go on with %(other)s?") % facts,
            _("One tap. You two are asked, and nobody else."),
            _("Answer"),
            reverse("pairing_how", args=[own.pairing.pk]),
        )
    if own.pairing.state == rules.State.CHANGING and not rules.has_said_next(own.pairing, own.side):
        return NextThing(
            _("What would you like next?"),
            _("You and %(other)s are each asked, alone.") % facts,
            _("Say it"),
            reverse("pairing_next", args=[own.pairing.pk]),
        )
    return None


def _choose_one(own: OwnPairing, number: int) -> NextThing:
    words = ngettext("%(other)s offers %(number)s time", "%(other)s offers %(number)s times", number)
    return NextThing(
        words % {"other": own.other.name, "number": number_in_words(number)},
        _("Choose the one that suits you."),
        _("Choose a time"),
        reverse("session_times", args=[own.pairing.pk]),
    )


def of_choice(choice: Choice) -> NextThing:
    """A leader may choose among the best three."""
    words = _("Three of them fit what you asked for. One tap is enough.")
    return NextThing(_("Choose your mentor"), words, _("See the three"), reverse("mentor_choice", args=[choice.pk]))


def of_start(start: Start) -> NextThing:
    """Begin, or go on where one stopped."""
    if start.state.begun:
        return NextThing(
            _("Go on with your starting point"),
            _("Where you stopped, on your own time. What you answered is sealed for you alone."),
            _("Go on"),
            reverse("starting_point_go_on"),
        )
    invitation = start.state.invitation
    if invitation and invitation.asked_by:
        heading = _("%(asker)s asks you for five minutes") % {"asker": invitation.asked_by.name}
    else:
        heading = _("Find out where you stand")
    return NextThing(
        heading,
        _("A few questions to tap, for you alone. It ends with what would help you."),
        _("See what it is"),
        reverse("starting_point"),
    )


def of_first_step() -> NextThing:
    """For whoever has told what there is to tell, and has no plan yet."""
    words = _("A few minutes, from what you told. Only you can read it.")
    return NextThing(_("Your first small step is ready"), words, _("See it"), reverse("starting_point_result"))


def of_plan(plan: PlanAtAGlance) -> NextThing | None:
    """The next small step; on a device that does not open it, only that there is one place to look."""
    words = own_plan.next_in_words(plan)
    return NextThing(*words) if words else None


def of_look(look: Look) -> NextThing:
    """The day to look whether anybody answered: one tap says what there is."""
    words = _("You wrote: “%(asked)s”. One tap.") if look.asked else _("To “%(step)s”. One tap.")
    words %= {"asked": look.asked, "step": look.title}
    return NextThing(_("Did anybody answer?"), words, "", look.href, tuple(look.taps))


def of_mentor_invitation(invitation: Invitation) -> NextThing:
    asker = invitation.asked_by.name if invitation.asked_by else invitation.scheme.organisation.name
    return NextThing(
        _("%(asker)s asks whether you could be a mentor") % {"asker": asker},
        _("Half an hour every week or two. One page to sign up; a no needs no reason."),
        _("See what it is"),
        reverse("sign_up_mentor"),
    )


def start_among_others(start: Start) -> Task:
    if start.state.begun:
        hint = _("What would help you, your answers, and who can read what")
    else:
        hint = _("A few questions to tap, for you alone")
    return Task(_("Your starting point"), reverse("starting_point"), hint=hint)


def for_a_leader(*, conversations: bool) -> list[Task]:
    """Quiet ways that are there whenever a leader wants them; their conversations once there are some to look at."""
    ways = [
        Task(_("A decision on my desk"), reverse("decisions"), hint=_("Bring it; leave with three questions to ask")),
        Task(_("Stay in control online"), reverse("walkthroughs"), hint=_("Your own accounts, one setting at a time")),
    ]
    hint = _("Who answers whom when you write; counted for you alone, if you ask")
    return [*ways, Task(_("Your conversations"), reverse("conversations"), hint=hint)] if conversations else ways


def of_sign_up(*, signed_up: bool, seeks_mentor: bool) -> Task:
    """Before there is a sign-up, what it would be for."""
    there = reverse("sign_up")
    if signed_up:
        return Task(_("Your sign-up"), there, hint=_("What you would like, or could offer"))
    if seeks_mentor:
        return Task(_("Ask for a mentor"), there, hint=_("One short page is enough"))
    return Task(_("Take part yourself"), there, hint=_("With a mentor, or as one"))


def _could_prepare(together: Together) -> bool:
    """Whether this is somebody's mentor who has neither prepared nor met them yet."""
    own, times = together.own, together.times
    agreed = own.side == "mentor" and own.pairing.state == rules.State.AGREED
    return agreed and own.pairing.met_at is None and not times.prepared


def home_of(
    own_pairings: list[Together],
    by_role: list[NextThing],
    *,
    coordinated: list[SchemeInNumbers] | None = None,
    keep_it_safe: bool = False,
    is_contact: bool = False,
    reported: bool = False,
    start: Start | None = None,
    takes_part: bool = False,
    signed_up: bool = False,
    conversations: bool = False,
    beside: DoneBeside | None = None,
    way_back_open: bool = False,
    address_helps: bool = True,
    asked_to_mentor: Invitation | None = None,
    plan: PlanAtAGlance | None = None,
    choice: Choice | None = None,
    mentored: list[tuple[str, str]] | None = None,
    shown: list[Together] | None = None,
    ahead: list[Ahead] | None = None,
    no_time: bool = False,
) -> Home:
    """What somebody waits for an answer to, a decision that is near, one's starting point, today's meeting, the next
    step of one's plan, pairings, roles; the first is the one next thing. Who has no time now begins with a decision;
    on the day somebody began, what is their own comes first, and an offer to meet a mentor can wait.
    """
    asked = [thing for one in own_pairings if is_asked(one.own) and (thing := of_pairing(one))]
    asked += [of_choice(choice)] if choice else []
    running = [one for one in own_pairings if not is_asked(one.own)]
    today = [thing for one in running if own_plan.is_today(one) and (thing := of_pairing(one))]
    other_days = [
        thing
        for one in running
        if not own_plan.is_today(one) and not waits_for_the_other(one) and (thing := of_pairing(one))
    ]
    theirs = [thing for one in running if waits_for_the_other(one) and (thing := of_pairing(one))]
    step = of_plan(plan) if plan else None
    started = [of_start(start)] if start and start.first else []
    started += [of_mentor_invitation(asked_to_mentor)] if asked_to_mentor else []
    begun = [*today, step, *started] if step else [*started, *today]  # whoever has a plan is not asked to begin first
    desk = desk_of(ahead or [], no_time=no_time)
    look = [of_look(plan.look)] if plan and plan.look and not plan.paused else []
    today_begun = start is not None and start.state.since_today
    waits = asked if today_begun else []
    to_begin = [of_first_step()] if start and start.state.at_rest and plan is None and not no_time else []
    own_first = [*(today if desk.near or look else []), *desk.near]
    first = [*today, *desk.near, *([] if waits else asked)] if no_time else [*([] if waits else asked), *own_first]
    first = [of_reports(), *first] if reported else first
    on_offer = [] if today_begun else [thing for one in running if has_to_choose(one) and (thing := of_pairing(one))]
    mine = [*look, *on_offer, *begun, *(to_begin if today_begun else [])]
    others_first = [*waits, *other_days, *desk.in_weeks, *theirs]
    things = list(dict.fromkeys([*first, *mine, *others_first, *to_begin, *by_role, *desk.in_passing]))
    own = [together.own for together in own_pairings]
    ways = [way for numbers in coordinated or [] for way in ways_of_coordinator(numbers)]
    keeping = Task(_("Keep it safe"), reverse("safe_keep"), hint=_("Five words, so that another device opens it too"))
    around = [
        Task(_("Your calendar"), reverse("calendar_settings"), hint=_("When you are busy, and a private feed")),
        Task(_("Who arranges your times"), reverse("delegates"), hint=_("An assistant, for times and nothing more")),
    ]
    together = [
        Task(
            _("You and %(name)s") % {"name": pair.other.name},
            reverse("pairing", args=[pair.pairing.pk]),
            hint=_("Times, the first session, and what you write"),
        )
        for pair in own
        if pair.pairing.state == rules.State.AGREED
    ]
    if any(_could_prepare(one) for one in own_pairings):
        hint = _("Twenty minutes in short parts, on your phone")
        together.append(Task(_("Get ready as a mentor"), reverse("preparation"), hint=hint))
    waiting = [
        Task(
            pair.other.name,
            reverse("pairing", args=[pair.pairing.pk]),
            hint=_("You said yes. What comes of it will stand here."),
        )
        for pair in own
        if pair.pairing.state == rules.State.ASKED and pair.said_yes
    ]
    paused = [
        Task(pair.other.name, reverse("pairing", args=[pair.pairing.pk]), hint=_("Paused. Nothing is expected of you."))
        for pair in own
        if pair.pairing.state == rules.State.PAUSED
    ]
    sign_up = of_sign_up(signed_up=signed_up, seeks_mentor=start is not None and not own)
    changing = [
        Task(pair.other.name, reverse("pairing", args=[pair.pairing.pk]), hint=_("Changing. You are asked each alone."))
        for pair in own
        if pair.pairing.state == rules.State.CHANGING
    ]
    changing += [
        Task(
            _("A look back with %(name)s") % {"name": pair.other.name},
            reverse("closing", args=[pair.pairing.pk]),
            hint=_("Three questions, two minutes, if you like"),
        )
        for pair in own
        if rules.is_closing(pair.pairing, pair.side)
    ]
    starting = [start_among_others(start)] if start and not start.first else []
    ways_of_leader = for_a_leader(conversations=conversations) if start else []
    ways_of_leader = [way for way in ways_of_leader if not things or way.href != things[0].href]
    on_desk = [way for way in ways_of_leader if way.href == reverse("decisions")]  # found best, so first
    starting += [way for way in ways_of_leader if way not in on_desk]
    getting_in = Task(
        _("How you get in next time"),
        reverse("account" if address_helps else "mfa_index"),
        hint=_("A letter’s code works once: give an address, or make a passkey")
        if address_helps
        else _("No e-mail leaves from here yet: make a passkey"),
    )
    others = [Task(_("Reported to you"), reverse("reports"), hint=_("As the named contact"))] if is_contact else []
    on_rail = [step] if plan and plan.rail else []  # where the plan stands, its next step stands too
    others += [Task(thing.heading, thing.href, hint=thing.text) for thing in things[1:] if thing not in on_rail]
    others += [way for way in ways if not things or way.href != things[0].href]
    meetings = [one for one in own_plan.meetings_in_words(running) if not things or one.text != things[0].heading]
    told = {one.text for one in meetings}
    others = [one for one in others if one.text not in told]
    reads = [
        Task(_("The plan of %(name)s and you") % {"name": name}, address, hint=_("Small steps, and who suggested them"))
        for name, address in mentored or []
    ]
    reads += [
        Task(
            _("Conversations of %(name)s") % {"name": one.own.other.name},
            reverse("conversations_shown", args=[one.own.pairing.pk]),
            hint=_("Shown to you"),
        )
        for one in shown or []
    ]
    done = own_plan.done_beside(beside) if beside else []
    planned = [own_plan.plan_among_others(plan)] if plan and not plan.rail and things[:1] != [step] else []
    seldom = ([sign_up] if takes_part and (signed_up or not own) else []) + (around if own else [])
    more = seldom if start and len(seldom) > 1 else []
    return Home(
        things[0] if things else None,
        on_desk
        + (plan.waits if plan else [])
        + planned
        + reads
        + together
        + others
        + starting
        + ([keeping] if keep_it_safe else [])
        + ([getting_in] if way_back_open else [])
        + waiting
        + paused
        + changing
        + [one for one in seldom if one not in more],
        more,
        [pairing for numbers in coordinated or [] for pairing in asked_by_coordinator(numbers)],
        [own_plan.with_done(plan, done, says_next=things[:1] != [step])] if plan and plan.rail else [],
        meetings,
        plan.paused if plan else "",
        [] if plan and plan.rail else done,
    )
