"""What a people file yields: people, posts without a named person, repeats and faults, each with its line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from handrail.formats.people.messages import fault_text, note_text


class UnreadablePeopleFile(Exception):
    """The file as a whole cannot be read. `message` says why, `remedy` what to do, `line` where if there is a place."""

    def __init__(self, message: str, remedy: str, *, line: int | None = None) -> None:
        self.message, self.remedy, self.line = message, remedy, line
        super().__init__(f"{message} {remedy}")


class ManagerKind(StrEnum):
    """How a manager is named. UNKNOWN never means that there is no manager; NONE does."""

    SOURCE_ID = "source_id"
    EMAIL = "email"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ManagerReference:
    """Who somebody reports to. `value` is the id or address; with UNKNOWN it is the text found, if there was any."""

    kind: ManagerKind
    value: str = ""


UNKNOWN_MANAGER = ManagerReference(ManagerKind.UNKNOWN)
NO_MANAGER = ManagerReference(ManagerKind.NONE)


@dataclass(frozen=True, slots=True)
class Note:
    """Something noticed about a row that does not stop it from loading."""

    code: str
    value: str = ""

    @property
    def text(self) -> str:
        return note_text(self.code, {"value": self.value})


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person. Empty strings where the file says nothing.

    `source_id` is given only when it is unique in the file. `email` is lower case; where `email_shared`, several people
    have it and it must not be used to recognise anyone.
    """

    line: int
    name: str
    source_id: str = ""
    email: str = ""
    email_shared: bool = False
    job_title: str = ""
    unit: str = ""
    grade: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    manager: ManagerReference = UNKNOWN_MANAGER
    active: bool = True
    notes: tuple[Note, ...] = ()


class UnnamedReason(StrEnum):
    VACANT = "vacant"
    NOT_DISCLOSED = "not_disclosed"
    NOT_IN_POST = "not_in_post"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class UnnamedPost:
    """A post without a named person: vacant, removed, or held by somebody whose name is not published."""

    line: int
    reason: UnnamedReason
    source_id: str = ""
    job_title: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A further row of somebody who was already read. `share` is the part of full time on this row, if given."""

    line: int
    first_line: int
    name: str
    source_id: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that could not be used; the rest of the file is not affected."""

    line: int
    code: str
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return fault_text(self.code, self.values)[0]

    @property
    def remedy(self) -> str:
        return fault_text(self.code, self.values)[1]

    def __str__(self) -> str:
        place = f"line {self.line}" + (f", column “{self.column}”" if self.column else "")
        return f"{place}: {self.message} {self.remedy}"


Item = PersonRecord | UnnamedPost | Repeat | Fault


@dataclass(frozen=True, slots=True)
class Detected:
    """How the file was understood. `encoding_certain` is false where Windows-1252 was the best guess."""

    layout: str
    layout_label: str
    encoding: str
    encoding_certain: bool
    delimiter: str
    columns_used: tuple[str, ...]
    columns_ignored: tuple[str, ...]
