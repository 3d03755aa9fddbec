"""What each role sees, with invented data: the page that anyone may open before they trust us."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.home.next_thing import NextThing
from handrail.design.parts import Task

LEADER, MENTOR = "Helen Ashdown", "Priya Raman"


@dataclass(frozen=True)
class RoleView:
    heading: str
    promise: str
    next_thing: NextThing
    caption: str
    headers: list[str]
    rows: list[tuple[str, ...]]
    never: list[str]


def leader() -> RoleView:
    return RoleView(
        heading=_("As a leader"),
        promise=_(
            "Your own things, and what your mentor shares with you. "
            "Nobody else reads them, not even with the database in hand."
        ),
        next_thing=NextThing(_("You meet %(name)s") % {"name": MENTOR}, _("Thursday at 10:00"), "", ""),
        caption=_("What you two wrote"),
        headers=[_("When"), _("Who"), _("Note")],
        rows=[
            (_("Monday"), MENTOR, _("Watch one person book a visit on their phone before we meet.")),
            (_("Tuesday"), LEADER, _("Did it. The second page loses people. Why do we ask for a fax number?")),
        ],
        never=[_("Other leaders’ answers, notes or stages"), _("Who said no to a pairing")],
    )


def mentor() -> RoleView:
    return RoleView(
        heading=_("As a mentor"),
        promise=_(
            "What your leader chose to share, your own notes, and what to do next. You may stop without a reason."
        ),
        next_thing=NextThing(_("You meet %(name)s") % {"name": LEADER}, _("Thursday at 10:00"), "", ""),
        caption=_("Your own notes, for you alone"),
        headers=[_("When"), _("Note")],
        rows=[(_("Monday"), _("Likes examples from the front desk. Do not start with tools."))],
        never=[_("Anything the leader has not shared with you"), _("What the coordinator thinks of either of you")],
    )


def coordinator() -> RoleView:
    return RoleView(
        heading=_("As a coordinator"),
        promise=_("Who is paired and how far it is. Nothing of what passes between two people."),
        next_thing=NextThing(_("Your scheme"), _("4 pairs have agreed, 3 have been asked."), "", ""),
        caption=_("Pairings"),
        headers=[_("Leader"), _("Mentor"), _("How far")],
        rows=[(LEADER, MENTOR, _("Agreed")), ("Owen Trevithick", "Luca Ferri", _("Asked"))],
        never=[
            _("Answers, worries, notes, drafts, journals"),
            _("Which of the two said no, or when somebody last signed in"),
        ],
    )


def sponsor() -> RoleView:
    return RoleView(
        heading=_("As a sponsor"),
        promise=_("Nothing about one person, ever. Figures about groups, once a wave is closed, and never before."),
        next_thing=NextThing(
            _("Figures about groups"), _("Spring is released. It is about groups, never about one person."), "", ""
        ),
        caption=_("Spring, by group"),
        headers=[_("Group"), _("People"), _("Have a conversation both ways")],
        rows=[
            (_("Place"), _("about %(number)s") % {"number": 45}, _("about %(percent)s %%") % {"percent": 35}),
            (
                _("Legal, Members and Press"),
                _("about %(number)s") % {"number": 15},
                _("%(percent)s %% or fewer") % {"percent": 20},
            ),
        ],
        never=[_("Anything about one person"), _("Who is paired, and how far it is")],
    )


def assistant() -> RoleView:
    return RoleView(
        heading=_("As an assistant who arranges times"),
        promise=_("Times and places of the person who named you, while the pairing runs. Nothing more."),
        next_thing=NextThing(
            _("Times to arrange"),
            _("For %(name)s. You see times and places, and nothing else.") % {"name": LEADER},
            "",
            "",
        ),
        caption=_("Times of %(name)s") % {"name": LEADER},
        headers=[_("When"), _("With"), _("In the calendar as"), _("What you can do")],
        rows=[(_("Thursday at 10:00"), MENTOR, _("Catch-up"), _("Move it, say where, call it off"))],
        never=[
            _("Notes, questions and answers, or why the two meet"),
            _("Whether they met"),
            _("Anything once the person has ended it with one tap"),
        ],
    )


def administrator() -> RoleView:
    return RoleView(
        heading=_("As an administrator"),
        promise=_(
            "Whether the installation is healthy and, in the post box, who is written to and when: so also who meets "
            "whom. Readable private text: never, even with the database file."
        ),
        next_thing=NextThing(_("All is well"), _("Last backup: this morning. Nothing waits in the post box."), "", ""),
        caption=_("What lies in the database for one note"),
        headers=[_("Column"), _("What an administrator can read")],
        rows=[(_("Written"), _("a date")), (_("Text"), "AQ7f3…9c1e (" + _("sealed") + ")")],
        never=[_("Notes, answers, worries, drafts, journals"), _("Anybody’s private phrase or recovery code")],
    )


def contact() -> RoleView:
    return RoleView(
        heading=_("As the named contact"),
        promise=_("What somebody in a pair chooses to show you, and nothing they have not chosen."),
        next_thing=NextThing(
            _("Something for you to read"),
            _("Somebody turns to you as the named contact. Only you can read it."),
            "",
            "",
        ),
        caption=_("What was shown to you"),
        headers=[_("When"), _("From"), _("Note")],
        rows=[(_("Monday"), MENTOR, _("He raised his voice again. I would like to talk to somebody."))],
        never=[_("Any other note of the two"), _("Who has looked at your name and not written")],
    )


VIEWS: dict[str, Callable[[], RoleView]] = {
    "leader": leader,
    "mentor": mentor,
    "coordinator": coordinator,
    "sponsor": sponsor,
    "administrator": administrator,
    "assistant": assistant,
    "contact": contact,
}


def tabs(current: str) -> list[Task]:
    """The roles to choose from; the one being looked at says so."""
    names = {
        "leader": _("Leader"),
        "mentor": _("Mentor"),
        "coordinator": _("Coordinator"),
        "sponsor": _("Sponsor"),
        "administrator": _("Administrator"),
        "assistant": _("Assistant"),
        "contact": _("Named contact"),
    }
    return [
        Task(name, reverse("what_each_role_sees", args=[role]), status=_("Shown below") if role == current else "")
        for role, name in names.items()
    ]
