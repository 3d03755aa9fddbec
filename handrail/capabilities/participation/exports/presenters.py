"""Words, tables and links about exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.participation.exports.queries import Held
from handrail.capabilities.participation.models import ExportLoad
from handrail.design.dates import date_in_words, moment_in_words
from handrail.design.numbers import number_in_words
from handrail.design.parts import Row, Task

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation

State = ExportLoad.State
STATES = {
    State.WAITING: gettext_lazy("Waiting for its turn"),
    State.READING: gettext_lazy("Being read"),
    State.FILING: gettext_lazy("Being put in its place"),
    State.DONE: gettext_lazy("Loaded"),
    State.FAILED: gettext_lazy("Could not be read"),
    State.STOPPED: gettext_lazy("Stopped"),
    State.PUT_ASIDE: gettext_lazy("Put aside"),
}


def organisation_tasks(organisations: Sequence[Organisation]) -> list[Task]:
    return [Task(one.name, reverse("exports", args=[one.pk])) for one in organisations]


def fault_in_words(file_name: str, fault: str) -> str:
    """What a reader says of a file, as a sentence; where it is of a table, the table's name stands there already."""
    if fault.startswith(f"“{file_name}”"):
        return fault
    return _("“%(file)s” %(fault)s") % {"file": file_name, "fault": fault}


def recent_rows(loads: Sequence[ExportLoad]) -> list[Row]:
    return [
        Row(
            moment_in_words(one.made_at),
            f"{one.file_name} · {STATES[State(one.state)]}",
            _("Look"),
            reverse("export", args=[one.pk]),
        )
        for one in loads
    ]


def held_rows(held: Held) -> list[Row]:
    """What there is, as whole numbers."""
    if not held.acts:
        return []
    rows = [Row(_("Posts, replies, reactions and mentions"), f"{held.acts:,}")]
    if held.first_on and held.last_on:
        span = _("%(first)s to %(last)s") % {"first": date_in_words(held.first_on), "last": date_in_words(held.last_on)}
        rows.append(Row(_("From when"), span))
    rows.append(Row(_("People in the exports"), f"{held.people:,}"))
    rows.append(Row(_("Of them known to be members"), f"{held.members:,}"))
    if held.kept_from:
        rows.append(
            Row(_("Deleted, and left out from now on"), _("before %(day)s") % {"day": date_in_words(held.kept_from)})
        )
    return rows


def progress_of(load: ExportLoad) -> tuple[int, int, str]:
    """(done, of how much, in words)."""
    if load.state == State.READING:
        words = _("Reading. Found so far: %(acts)s.") % {"acts": f"{load.acts:,}"}
        return load.bytes_done, max(1, load.bytes_total), words
    if load.state == State.FILING:
        words = _("Read. Putting month %(now)s of %(all)s in its place.")
        now = min(load.months_done + 1, load.months_total)
        return load.months_done, max(1, load.months_total), words % {"now": now, "all": load.months_total}
    return 0, 1, str(STATES[State.WAITING])


def outcome_in_words(load: ExportLoad) -> str:
    """What loading did."""
    if not load.acts:
        return _("Everything in it is older than the day before which you deleted. Nothing was loaded.")
    if not load.added:
        return _("All of it was there already. Nothing was doubled.")
    words = _("%(number)s new: posts, answers, reactions and mentions.")
    added = first_upper(words % {"number": number_in_words(load.added)})
    known = load.acts - load.added
    if not known:
        return added
    there = ngettext(
        "%(number)s was there already, and is not doubled.",
        "%(number)s were there already, and are not doubled.",
        known,
    )
    return added + " " + first_upper(there % {"number": number_in_words(known)})


def read_rows(load: ExportLoad) -> list[Row]:
    """What was in the export."""
    rows = [Row(_("What it is"), load.format), Row(_("Records read"), f"{load.records:,}")]
    if load.first_on and load.last_on:
        span = _("%(first)s to %(last)s") % {"first": date_in_words(load.first_on), "last": date_in_words(load.last_on)}
        rows.append(Row(_("From when"), span))
    rows += [Row(first_upper(_(name)), f"{count:,}") for name, count in load.found.get("counts", [])]
    rows.append(Row(_("People"), f"{load.people:,}"))
    rows.append(Row(_("Found among your members"), f"{load.matched:,}"))
    return rows


def is_about_nobody(load: ExportLoad) -> bool:
    """Nobody of it is a member we know, so no leader sees anything of it."""
    return load.acts > 0 and not load.matched


def left_out_rows(load: ExportLoad) -> list[Row]:
    """What was left out, and why."""
    rows = [Row(first_upper(_(why)), f"{count:,}") for why, count in load.found.get("left_out", [])]
    if count := load.found.get("broken_count", 0):
        rows.append(Row(_("Records that could not be read"), f"{count:,}"))
    return rows


def cannot_tell(load: ExportLoad) -> list[str]:
    """What this source does not know, so that it is left empty and never 0."""
    lacking = [
        _("%(what)s: %(why)s") % {"what": first_upper(_(name)), "why": _(why)}
        for name, why in load.found.get("lacking", {}).items()
    ]
    return [*lacking, *(first_upper(_(note)) for note in load.found.get("notes", []))]


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
