"""From the fields of a row to clean values under our own names."""

from collections.abc import Mapping, Sequence

from handrail.formats.people.cleaning import address, is_no_reference, is_text, tidy
from handrail.formats.people.encodings import MARK, NAMES
from handrail.formats.people.layouts import ENTRA, Layout
from handrail.formats.people.records import Fault, Note
from handrail.formats.people.rows import Row

MAXIMUM_VALUE = 1_000
MAXIMUM_LENGTHS = {
    "name": 200,
    "given_name": 100,
    "family_name": 99,
    "id": 100,
    "manager_id": 254,
    "job_title": 300,
    "unit": 200,
    "unit_else": 200,
    "grade": 60,
    "place": 120,
    "place_else": 120,
}
WRITTEN_OFF = frozenset(
    {"false", "no", "n", "0", "off", "left", "leaver", "inactive", "disabled", "non", "nein", "nie"}
)
LANGUAGE_SEPARATORS = str.maketrans({"/": ";", "|": ";", ",": ";"})


class RowValues:
    """Reads rows of one layout: each used field clean, or the fault that spoils the row."""

    def __init__(self, layout: Layout, columns: Mapping[str, int], header: Sequence[str], encoding: str) -> None:
        self.layout, self.columns, self.header = layout, columns, header
        self._encoding = NAMES[encoding]
        self._places = [
            (name, place, MAXIMUM_LENGTHS.get(name, MAXIMUM_VALUE)) for name, place in sorted(columns.items())
        ]

    def read(self, row: Row) -> dict[str, str] | Fault:
        """{field: clean value} for the layout's columns that the file has."""
        values: dict[str, str] = {}
        fields = row.fields
        together = "".join(fields)
        plain = together.isascii() and together.isprintable() and "  " not in together
        for name, place, limit in self._places:
            found = fields[place]
            if not plain and not is_text(found):
                return self._not_text(row.line, place, found)
            value = found.strip() if plain else tidy(found)
            if len(value) > limit:
                counts = {"found": f"{len(value):,}", "limit": f"{limit:,}"}
                return Fault(row.line, "value_too_long", self.header[place], counts)
            values[name] = value
        return values

    def _not_text(self, line: int, place: int, found: str) -> Fault:
        if MARK in found:
            return Fault(line, "undecodable", self.header[place], {"encoding": self._encoding})
        return Fault(line, "control_characters", self.header[place])


def name_in(values: Mapping[str, str]) -> str:
    """The name as displayed, or given and family name together."""
    return values.get("name") or f"{values.get('given_name', '')} {values.get('family_name', '')}".strip()


def reference_in(values: Mapping[str, str]) -> str:
    """The id, or nothing where it is one of the marks for “no reference”."""
    reference = values.get("id", "")
    return "" if is_no_reference(reference) else reference


def email_in(values: Mapping[str, str]) -> tuple[str, Note | None]:
    """The address to write to and what was noticed. An Entra sign-in name serves only if it looks like a real one."""
    found = values.get("email", "")
    email, code = address(found)
    unreadable = Note(code, found[:100]) if code == "email_unreadable" else None
    sign_in_name = values.get("sign_in_name", "")
    if not email and sign_in_name and "#ext#" not in sign_in_name.lower():
        email = address(sign_in_name)[0]
        if email and not email.endswith(".onmicrosoft.com"):
            return email, unreadable or Note("email_from_sign_in_name")
        return "", unreadable or Note("no_email")
    return email, Note(code, found[:100]) if code else None


def unit_in(values: Mapping[str, str]) -> str:
    path = values.get("unit_path", "").rsplit("/", 1)[-1].strip()
    return values.get("unit") or path or values.get("unit_else", "")


def languages_in(values: Mapping[str, str]) -> tuple[str, ...]:
    parts = values.get("languages", "").translate(LANGUAGE_SEPARATORS).split(";")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def inactive_note(layout: Layout, values: Mapping[str, str]) -> Note | None:
    """Why somebody does not count as active, or None."""
    if layout is ENTRA and values.get("user_type", "").casefold() == "guest":
        return Note("guest")
    if values.get("active", "").casefold() in WRITTEN_OFF:
        return Note("account_disabled" if layout is ENTRA else "marked_inactive")
    status = values.get("status", "").casefold()
    return Note("account_suspended", status) if status.startswith(("suspended", "archived", "deleted")) else None
