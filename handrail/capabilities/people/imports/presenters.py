"""Words, tables and links about imports."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.design.dates import moment_in_words
from handrail.design.parts import Row
from handrail.formats.people import BY_NAME, FAULTS, NOTES

Kind, State = Finding.Kind, PeopleImport.State
# To download and fill in; docs/reference/people-csv.md explains each column.
EXAMPLE = """\
id,name,email,job title,unit,grade,place,languages,manager id,active
101,Ann Rees,ann.rees@example.org,Chief Executive,Executive,1,Leeds,English,none,yes
102,Bo Xu,bo.xu@example.org,Director of Finance,Finance,2,Leeds,English; Mandarin,101,yes
103,Cerys Vaughan,,Head of Payroll,Finance,3,Bangor,Welsh; English,102,yes
104,Zoë Ström,zoe.strom@example.org,Payroll Officer,Finance,5,Bangor,English,,no
"""
FIELD_NAMES = {
    "name": gettext_lazy("name"),
    "email": gettext_lazy("address"),
    "job_title": gettext_lazy("job"),
    "unit": gettext_lazy("unit"),
    "grade": gettext_lazy("grade"),
    "place": gettext_lazy("place"),
    "manager": gettext_lazy("whom they report to"),
    "source_id": gettext_lazy("reference"),
    "source": gettext_lazy("where they are known from"),
    "left_on": gettext_lazy("is back"),
}
REASONS = {
    "vacant": gettext_lazy("Vacant"),
    "not_disclosed": gettext_lazy("Name not disclosed"),
    "not_in_post": gettext_lazy("Not in post"),
    "removed": gettext_lazy("Post removed"),
}
STATES = {
    State.WAITING: gettext_lazy("Waiting to be read"),
    State.READING: gettext_lazy("Being read"),
    State.READY: gettext_lazy("Read, not loaded yet"),
    State.APPLYING: gettext_lazy("Being loaded"),
    State.DONE: gettext_lazy("Loaded"),
    State.FAILED: gettext_lazy("Could not be read"),
    State.CANCELLED: gettext_lazy("Put aside"),
}
TITLES = {
    Kind.ADD: gettext_lazy("People to add"),
    Kind.CHANGE: gettext_lazy("People to change"),
    Kind.ASK: gettext_lazy("The same person?"),
    Kind.MISSING: gettext_lazy("Missing from this file"),
    Kind.INACTIVE: gettext_lazy("Not active, left aside"),
    Kind.UNNAMED: gettext_lazy("Posts without a named person"),
    Kind.REPEAT: gettext_lazy("The same person on another line"),
    Kind.FAULT: gettext_lazy("Rows that could not be used"),
    Kind.CYCLE: gettext_lazy("Reporting lines that go round in a circle"),
    Kind.NOTED: gettext_lazy("Used, but not all of it"),
}


def candidate_in_words(candidate: Sequence[Any]) -> str:
    _pk, name, job, email = candidate
    return _("The same as %(person)s") % {"person": ", ".join(text for text in (name, job, email) if text)}


def leaver_in_words(finding: Finding) -> str:
    job = finding.person.job_title if finding.person else ""
    words = f"{finding.name}, {job}" if job else finding.name
    return _("%(person)s (switched off in the file)") % {"person": words} if finding.detail.get("inactive") else words


def fault_in_words(finding: Finding) -> str:
    what, remedy = FAULTS[finding.detail["code"]]
    sentence = f"{_(what)} {_(remedy)}".format(**finding.detail["values"])
    column = finding.detail["column"]
    return f"“{column}” {sentence}" if column else sentence


def _changes(finding: Finding) -> str:
    words = []
    for name, old, new in finding.detail["changes"]:
        label = str(FIELD_NAMES.get(name, name))
        shown = name not in ("manager", "source", "left_on", "source_id")
        changed = _("%(what)s: %(old)s, now %(new)s") % {"what": label, "old": old or "–", "new": new or "–"}
        words.append(changed if shown else label)
    return "; ".join(words)


def _cycle(finding: Finding) -> str:
    members = finding.detail["members"]
    names = [_("%(name)s (line %(line)s)") % {"name": name, "line": line} for line, name in members]
    more = finding.detail["size"] - len(members)
    if more > 0:
        names.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return " → ".join([*names, members[0][1]])


def _joined(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


Cells = Callable[[Finding], list[Any]]
TABLES: dict[str, tuple[tuple[Any, ...], Cells]] = {
    Kind.ADD: (
        (gettext_lazy("Name"), gettext_lazy("What they do"), gettext_lazy("Address")),
        lambda one: [
            one.name,
            _joined(one.detail["job"], one.detail["unit"]),
            one.detail["email"] or _("None: by letter only"),
        ],
    ),
    Kind.CHANGE: (
        (gettext_lazy("Name"), gettext_lazy("What changes")),
        lambda one: [one.name, _changes(one)],
    ),
    Kind.ASK: (
        (gettext_lazy("Name"), gettext_lazy("What they do")),
        lambda one: [one.name, _joined(one.detail["job"], one.detail["unit"])],
    ),
    Kind.MISSING: (
        (gettext_lazy("Name"), gettext_lazy("What they do")),
        lambda one: [one.name, one.person.job_title if one.person else ""],
    ),
    Kind.INACTIVE: ((gettext_lazy("Name"),), lambda one: [one.name]),
    Kind.UNNAMED: (
        (gettext_lazy("Why"), gettext_lazy("Post")),
        lambda one: [str(REASONS[one.detail["reason"]]), _joined(one.detail["job"], one.detail["unit"])],
    ),
    Kind.REPEAT: (
        (gettext_lazy("Name"), gettext_lazy("First on line"), gettext_lazy("Share of full time")),
        lambda one: [one.name, one.detail["first"], one.detail["share"] or "–"],
    ),
    Kind.FAULT: ((gettext_lazy("What is wrong, and what to do"),), lambda one: [fault_in_words(one)]),
    Kind.CYCLE: ((gettext_lazy("Who reports to whom"),), lambda one: [_cycle(one)]),
    Kind.NOTED: (
        (gettext_lazy("Name"), gettext_lazy("What was noticed")),
        lambda one: [one.name, " ".join(_(NOTES[code]).format(value=value) for code, value in one.detail["notes"])],
    ),
}


# How the same rows are called once the file is loaded.
TITLES_AFTERWARDS = TITLES | {
    Kind.ADD: gettext_lazy("People added"),
    Kind.CHANGE: gettext_lazy("People changed"),
    Kind.INACTIVE: gettext_lazy("Not active, so left aside"),
}


def headers_of(kind: str) -> list[str]:
    return [_("Line"), *(str(header) for header in TABLES[kind][0])]


def rows_of(kind: str, findings: Sequence[Finding]) -> list[list[Any]]:
    cells = TABLES[kind][1]
    return [[finding.line or "–", *cells(finding)] for finding in findings]


def title_of(kind: str, state: str) -> str:
    titles = TITLES_AFTERWARDS if state == State.DONE else TITLES
    return str(titles[Kind(kind)])


def understood_as(people_import: PeopleImport) -> str:
    layout = BY_NAME[people_import.layout].label
    return _("Read as %(layout)s, %(encoding)s, %(delimiter)s between fields.") % {
        "layout": layout,
        "encoding": people_import.encoding,
        "delimiter": people_import.delimiter,
    }


def counts_in_rows(people_import: PeopleImport) -> list[Row]:
    """What was found, each with a link to the lines; what was not found at all is left out."""
    unchanged = people_import.counts.get("unchanged", 0)
    rows = [Row(_("Left as they are"), f"{unchanged:,}")] if unchanged else []
    for kind in Kind:
        count = people_import.counts.get(kind.value, 0)
        if not count:
            continue
        href = reverse("people_import_rows", args=[people_import.pk, kind.value])
        rows.append(Row(title_of(kind, people_import.state), f"{count:,}", _("Show"), href))
    return rows


def outcome_in_words(people_import: PeopleImport) -> str:
    """What loading did; what it did not do at all is not said."""
    said = []
    if people_import.added:
        words = ngettext("%(number)s person was added", "%(number)s people were added", people_import.added)
        said.append(words % {"number": f"{people_import.added:,}"})
    if people_import.changed:
        words = ngettext("%(number)s person was changed", "%(number)s people were changed", people_import.changed)
        said.append(words % {"number": f"{people_import.changed:,}"})
    if people_import.lines_changed:
        words = ngettext(
            "%(number)s reporting line was set", "%(number)s reporting lines were set", people_import.lines_changed
        )
        said.append(words % {"number": f"{people_import.lines_changed:,}"})
    return ", ".join(said) + "." if said else _("Nothing had to change: everybody was known as the file says.")


def progress_in_words(people_import: PeopleImport) -> str:
    total = 2 * people_import.rows
    if people_import.state == State.WAITING or not total:
        return _("Waiting for its turn")
    percent = min(99, 100 * people_import.steps_done // total)
    if people_import.state == State.READING:
        return _("Reading: %(percent)s %%") % {"percent": percent}
    return _("Loading: %(percent)s %%") % {"percent": percent}


def recent_rows(imports: Sequence[PeopleImport]) -> list[Row]:
    return [
        Row(
            moment_in_words(one.made_at),
            f"{one.file_name} · {STATES[State(one.state)]}",
            _("Look"),
            reverse("people_import_preview", args=[one.pk]),
        )
        for one in imports
    ]
