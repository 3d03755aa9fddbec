"""People files of every kind, written here so that nothing real is needed."""

import io
from collections.abc import Iterable, Sequence

from handrail.formats.people import Fault, Item, PersonRecord, Repeat, UnnamedPost, open_people_file

ORGANOGRAM_HEADER = (
    "Post Unique Reference,Name,Grade,Job Title,Job/Team Function,Organisation,Unit,Contact E-mail,"
    "Reports to Senior Post,FTE,Notes,Valid?"
)
ENTRA_HEADER = (
    "userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled"
)
GOOGLE_HEADER = (
    "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],"
    "Status [READ ONLY],Employee ID,Employee Title,Manager Email,Department"
)


def as_bytes(lines: str | Iterable[str], encoding: str = "utf-8") -> bytes:
    text = lines if isinstance(lines, str) else "\r\n".join(lines) + "\r\n"
    return text.encode(encoding)


def read(content: bytes, **overrides: str) -> list[Item]:
    return list(open_people_file(io.BytesIO(content), **overrides).items())  # type: ignore[arg-type]


def people(items: Sequence[Item]) -> list[PersonRecord]:
    return [item for item in items if isinstance(item, PersonRecord)]


def unnamed(items: Sequence[Item]) -> list[UnnamedPost]:
    return [item for item in items if isinstance(item, UnnamedPost)]


def repeats(items: Sequence[Item]) -> list[Repeat]:
    return [item for item in items if isinstance(item, Repeat)]


def faults(items: Sequence[Item]) -> list[Fault]:
    return [item for item in items if isinstance(item, Fault)]


def note_codes(person: PersonRecord) -> set[str]:
    return {note.code for note in person.notes}


def post(reference: str, name: str, manager: str = "PS", title: str = "Director", share: str = "1.0") -> str:
    return f"{reference},{name},SCS2,{title},,Dept,Unit,,{manager},{share},,1"


def organogram(*posts: str) -> bytes:
    return as_bytes([ORGANOGRAM_HEADER, *posts])


def own(header: str, *rows: str) -> bytes:
    return as_bytes([header, *rows])
