"""Who can read what, and what could reach it: in plain words, before the first question."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from handrail.design.parts import Row


def in_short(coordinators: Sequence[str] = (), mentors: Sequence[str] = ()) -> list[str]:
    """With the names of those meant, as far as there are any."""
    who = {"names": _(", ").join(coordinators)}
    theirs = {"names": _(", ").join(mentors)}
    return [
        _("Only you can read your answers. Each is sealed to this device as you tap."),
        _("Of this conversation, your coordinator (%(names)s) sees that you were asked and that you started.") % who
        if coordinators
        else _("Of this conversation, whoever coordinates sees that you were asked and that you started."),
        _("Should you meet somebody, they also see that you two are paired and how far that is: never what is said."),
        _("You choose what your mentor (%(names)s) sees, part by part, after you have seen it.") % theirs
        if mentors
        else _("You have no mentor yet. Once you do, you choose what they see, part by part."),
        _("Whoever runs the program can see the day you started and whether you are through, but no answer."),
        _(
            "A freedom of information request can reach what the organisation holds openly, such as that you were "
            "asked, the day you began, and whether you are through. Never an answer."
        ),
        _("You can pass over any question, change any answer, stop, and delete it all."),
    ]


def in_full() -> list[Row]:
    return [
        Row(
            _("A freedom of information request"),
            _(
                "can reach what is not sealed: that you were asked, the day you started, whether you are through, "
                "whether a wish to share waits and, should you be paired, that you are. Nobody there can read your "
                "answers, so nobody can hand them out."
            ),
        ),
        Row(
            _("A subject access request"),
            _(
                "of yours gives you everything about you; your answers you open with your own key. If you write about "
                "somebody else, their request may reach what you, or your mentor, can read. Write with that in mind."
            ),
        ),
        Row(
            _("An investigation or a court"),
            _(
                "can take the sealed text, which nobody can read without your key. It can also order you, or a mentor "
                "you shared with, to open it. And it can ask for paper that you printed."
            ),
        ),
        Row(
            _("A legal hold"),
            _("can order the organisation to keep what it has, so sealed copies may stay in backups for longer."),
        ),
        Row(
            _("The people who run this program"),
            _(
                "cannot read your answers, reset your key or bring them back: not with the database, not with its "
                "backups. They can see that something sealed is there, the day you started, whether you are through, "
                "and whether a wish to share waits until you have a mentor (not what it is about). A web server in "
                "front may log which pages were opened, and when."
            ),
        ),
        Row(
            _("What it does not protect"),
            _(
                "A device left open. Words you make ordinary on purpose, which anybody running the scheme may read. "
                "And somebody who changes the running program could see what you open from then on."
            ),
        ),
    ]
