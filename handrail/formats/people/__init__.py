"""People files: our own CSV, Microsoft Entra ID, Google Workspace, and the organograms of UK public bodies.

    people_file = open_people_file("staff.csv")
    people_file.detected          # format, encoding, separator, columns
    for item in people_file.items():
        ...                       # PersonRecord | UnnamedPost | Repeat | Fault, each with its line

Pure: no Django, no network. Memory stays flat whatever the number of people.
"""

from handrail.formats.people.cleaning import name_key
from handrail.formats.people.layouts import BY_NAME, DELIMITERS, LAYOUTS
from handrail.formats.people.messages import FAULTS, NOTES
from handrail.formats.people.reader import MAXIMUM_BYTES, MAXIMUM_ROWS, PeopleFile, open_people_file
from handrail.formats.people.records import (
    NO_MANAGER,
    UNKNOWN_MANAGER,
    Detected,
    Fault,
    Item,
    ManagerKind,
    ManagerReference,
    Note,
    PersonRecord,
    Repeat,
    UnnamedPost,
    UnnamedReason,
    UnreadablePeopleFile,
)

__all__ = [
    "BY_NAME",
    "DELIMITERS",
    "FAULTS",
    "LAYOUTS",
    "MAXIMUM_BYTES",
    "MAXIMUM_ROWS",
    "NOTES",
    "NO_MANAGER",
    "UNKNOWN_MANAGER",
    "Detected",
    "Fault",
    "Item",
    "ManagerKind",
    "ManagerReference",
    "Note",
    "PeopleFile",
    "PersonRecord",
    "Repeat",
    "UnnamedPost",
    "UnnamedReason",
    "UnreadablePeopleFile",
    "name_key",
    "open_people_file",
]
