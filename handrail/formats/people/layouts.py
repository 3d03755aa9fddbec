"""The four kinds of people file: which column is called what, and how a header is recognised."""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from handrail.formats.people.records import UnreadablePeopleFile

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file. `columns` maps our field to the header names that mean it, as `header_key` spells them.

    `required` are fields that must be there. `ids_are_posts`: the id names a post, and its holder may change.
    """

    name: str
    label: str
    required: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    ids_are_posts: bool = False

    def recognised(self, keys: Collection[str]) -> frozenset[str]:
        """The fields that a header with these keys has."""
        return frozenset(name for name, aliases in self.columns.items() if any(alias in keys for alias in aliases))


OWN = Layout(
    "handrail",
    "Handrail's own CSV",
    frozenset({"name"}),
    {
        "id": ("id", "personid", "staffid", "employeeid", "staffnumber", "employeenumber"),
        "name": ("name", "fullname", "displayname"),
        "email": ("email", "emailaddress", "mail"),
        "job_title": ("jobtitle", "title", "role", "position"),
        "unit": ("unit", "department", "team", "directorate"),
        "grade": ("grade", "level", "band"),
        "place": ("place", "location", "office", "city", "site"),
        "languages": ("languages", "language"),
        "manager_id": ("managerid", "manager", "linemanager", "reportsto"),
        "manager_email": ("manageremail", "linemanageremail"),
        "active": ("active",),
    },
)
ENTRA = Layout(
    "entra",
    "Microsoft Entra ID “Download users”",
    frozenset({"name", "sign_in_name"}),
    {
        "id": ("objectid", "id"),
        "name": ("displayname",),
        "given_name": ("givenname",),
        "family_name": ("surname",),
        "email": ("mail",),
        "sign_in_name": ("userprincipalname",),
        "job_title": ("jobtitle",),
        "unit": ("department",),
        "place": ("physicaldeliveryofficename", "officelocation"),
        "place_else": ("city",),
        "active": ("accountenabled",),
        "user_type": ("usertype",),
    },
)
GOOGLE = Layout(
    "google",
    "Google Workspace “Download users”",
    frozenset({"given_name", "family_name", "email"}),
    {
        "id": ("employeeid",),
        "given_name": ("firstname",),
        "family_name": ("lastname",),
        "email": ("emailaddress",),
        "job_title": ("employeetitle",),
        "unit": ("department",),
        "unit_path": ("orgunitpath",),
        "place": ("buildingid",),
        "manager_email": ("manageremail",),
        "status": ("status",),
    },
)
ORGANOGRAM = Layout(
    "organogram",
    "UK organogram, senior posts",
    frozenset({"id", "name", "manager_id"}),
    {
        "id": ("postuniquereference",),
        "name": ("name",),
        "email": ("contactemail",),
        "job_title": ("jobtitle",),
        "unit": ("unit",),
        "unit_else": ("organisation",),
        "grade": ("grade",),
        "manager_id": ("reportstoseniorpost",),
        "share": ("fte",),
        "valid": ("valid",),
    },
    ids_are_posts=True,
)
# The own layout asks for least, so it is tried last.
LAYOUTS = (ENTRA, GOOGLE, ORGANOGRAM, OWN)
BY_NAME = {layout.name: layout for layout in LAYOUTS}
JUNIOR_ORGANOGRAM = frozenset({"reportingseniorpost", "genericjobtitle"})


def header_key(text: str) -> str:
    """A header in one spelling: “E-mail Address [Required]”, “email_address” and “emailAddress” are the same."""
    without_remarks = re.sub(r"[\[(][^\])]*[\])]", " ", text)
    return "".join(letter for letter in without_remarks.casefold() if letter.isalnum())


def split_header(line: str, delimiter: str) -> list[str]:
    return [name.strip().strip("\ufeff") for name in next(csv.reader([line], delimiter=delimiter), [])]


def detect_delimiter(line: str) -> str:
    """The separator under which the header line names most columns we know; most columns decide a tie."""
    known = {alias for layout in LAYOUTS for aliases in layout.columns.values() for alias in aliases}

    def recognised(delimiter: str) -> tuple[int, int]:
        keys = [header_key(name) for name in split_header(line, delimiter)]
        return len(known.intersection(keys)), len(keys)

    return max(DELIMITERS, key=recognised)


def detect_layout(header: Sequence[str], line: int) -> Layout:
    """The layout of a header row. Raises UnreadablePeopleFile naming the columns found and the nearest layout."""
    keys = {header_key(name) for name in header}
    for layout in LAYOUTS:
        if layout.required <= layout.recognised(keys):
            return layout
    if keys >= JUNIOR_ORGANOGRAM:
        raise UnreadablePeopleFile(
            "This is the junior posts file of an organogram: it counts posts and names nobody.",
            "Load the senior posts file that is published beside it.",
            line=line,
        )
    raise UnreadablePeopleFile(
        f"The columns are not those of a people file we know (found: {_listed(header)}).",
        _what_is_missing(keys),
        line=line,
    )


def _what_is_missing(keys: set[str]) -> str:
    """Which kind it is most like and what that lacks; nothing of the kind where no column of need is there."""
    needed = "In a table of your own one column must be called “name”; “email”, “job title”, “unit” and “manager” help."
    nearest = max(LAYOUTS, key=lambda layout: _likeness(layout, keys))
    if not _likeness(nearest, keys)[0]:
        return needed
    lacking = sorted(nearest.required - nearest.recognised(keys))
    missing = ", ".join(f"“{name.replace('_', ' ')}”" for name in lacking)
    return f"It is most like {nearest.label}, where {missing} is missing. {needed}"


def _likeness(layout: Layout, keys: set[str]) -> tuple[float, int]:
    recognised = layout.recognised(keys)
    return len(layout.required & recognised) / len(layout.required), len(recognised)


def _listed(header: Sequence[str], most: int = 12) -> str:
    names = [f"“{name[:40]}”" for name in header if name]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "") or "none"


def find_columns(layout: Layout, header: Sequence[str], line: int) -> dict[str, int]:
    """Where each field of the layout stands. Raises UnreadablePeopleFile if a column that is used is there twice."""
    keys = [header_key(name) for name in header]
    found: dict[str, int] = {}
    for field_name, aliases in layout.columns.items():
        places = [place for alias in aliases for place, key in enumerate(keys) if key == alias]
        if len(places) > 1 and keys[places[0]] == keys[places[1]]:
            raise UnreadablePeopleFile(
                f"The column “{header[places[0]]}” is there twice.",
                "Remove or rename one of the two, so that it is plain which one counts.",
                line=line,
            )
        if places:
            found[field_name] = places[0]
    return found
