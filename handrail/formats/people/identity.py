"""Who is who within one file: job shares, repeated rows, shared addresses, and whom a manager reference means."""

from collections.abc import Mapping

from handrail.formats.people.census import Census
from handrail.formats.people.cleaning import address, is_no_reference, name_key
from handrail.formats.people.layouts import Layout
from handrail.formats.people.records import (
    NO_MANAGER,
    UNKNOWN_MANAGER,
    ManagerKind,
    ManagerReference,
    Note,
    PersonRecord,
    Repeat,
)
from handrail.formats.people.values import email_in, inactive_note, languages_in, reference_in, unit_in

MAXIMUM_ID = 120
NOBODY_ABOVE = frozenset({"none", "top", "nobody"})
HEAD_OF_THE_BODY = "xx"  # what the organogram's own rules say for the most senior post; no post may be called so


class Identities:
    """Turns the values of a row into a person, or into a repeat of one already read."""

    def __init__(self, layout: Layout, census: Census) -> None:
        self._layout, self._census = layout, census
        # Only people on several lines are remembered, so this stays small in a sound file.
        self._first_lines: dict[tuple[str, str], int] = {}

    def person(self, line: int, name: str, values: Mapping[str, str]) -> PersonRecord | Repeat:
        key, reference = name_key(name), reference_in(values)
        email, email_note = email_in(values)
        source_id, id_note = self._source_id(reference, key, values)
        first_line, several = self._first_line(line, key, reference, email)
        if first_line != line:
            return Repeat(line, first_line, name, source_id, values.get("share", ""))
        shared = bool(email) and self._census.emails.is_shared(email)
        manager, manager_note = self._manager(values, source_id, email)
        inactive = inactive_note(self._layout, values)
        noticed = (
            email_note,
            Note("email_shared") if shared else None,
            id_note,
            Note("several_lines") if several else None,
            manager_note,
            inactive,
            Note("not_in_post") if values.get("job_title", "").casefold() == "not in post" else None,
            Note("marked_not_valid") if values.get("valid") == "0" else None,
        )
        return PersonRecord(
            line=line,
            name=name,
            source_id=source_id,
            email=email,
            email_shared=shared,
            job_title=values.get("job_title", ""),
            unit=unit_in(values),
            grade=values.get("grade", ""),
            place=values.get("place") or values.get("place_else", ""),
            languages=languages_in(values),
            manager=manager,
            active=inactive is None,
            notes=tuple(note for note in noticed if note is not None),
        )

    def _first_line(self, line: int, key: str, reference: str, email: str) -> tuple[int, bool]:
        """(the line this person was first read on, whether there are several)."""
        ids, emails = self._census.ids, self._census.emails
        if reference and ids.is_repeated(reference, key):
            return self._first_lines.setdefault((reference, key), line), True
        if not reference and email and emails.is_repeated(email, f"{key} "):
            return self._first_lines.setdefault((email, key), line), True
        return line, False

    def _source_id(self, reference: str, key: str, values: Mapping[str, str]) -> tuple[str, Note | None]:
        if not reference:
            given = values.get("id", "")
            return "", Note("no_reference", given) if given else None
        if not self._census.ids.is_shared(reference):
            return reference, None
        if self._layout.ids_are_posts:
            return f"{reference}/{key}"[:MAXIMUM_ID], Note("job_share", reference)
        return "", Note("id_not_unique", reference)

    def _manager(self, values: Mapping[str, str], source_id: str, email: str) -> tuple[ManagerReference, Note | None]:
        by_id, by_email = values.get("manager_id", ""), values.get("manager_email", "")
        given = by_email if not by_id or (is_no_reference(by_id) and by_email) else by_id
        if given.casefold() in NOBODY_ABOVE or (self._layout.ids_are_posts and given.casefold() == HEAD_OF_THE_BODY):
            return NO_MANAGER, None
        if not given:
            return self._blank_manager()
        if is_no_reference(given):
            return UNKNOWN_MANAGER, Note("manager_not_a_reference", given)
        if "@" in given:
            return self._manager_by_email(given, email)
        return self._manager_by_id(given, source_id)

    def _blank_manager(self) -> tuple[ManagerReference, Note | None]:
        if self._census.blank_means_none and not self._layout.ids_are_posts:
            return NO_MANAGER, None
        return UNKNOWN_MANAGER, Note("manager_blank") if self._census.given_managers else None

    def _manager_by_email(self, given: str, email: str) -> tuple[ManagerReference, Note | None]:
        found = address(given)[0]
        if not found:
            return UNKNOWN_MANAGER, Note("manager_not_a_reference", given)
        return self._resolved(ManagerKind.EMAIL, found, is_self=found == email)

    def _manager_by_id(self, given: str, source_id: str) -> tuple[ManagerReference, Note | None]:
        above, passed_unnamed = self._census.named_above(given)
        if passed_unnamed and (is_no_reference(above) or above in self._census.unnamed_parents):
            return UNKNOWN_MANAGER, Note("manager_unnamed_post", given)
        reference, note = self._resolved(ManagerKind.SOURCE_ID, above, is_self=above == source_id)
        if passed_unnamed and note is None:
            note = Note("manager_unnamed_post", given)
        return reference, note

    def _resolved(self, kind: ManagerKind, value: str, *, is_self: bool) -> tuple[ManagerReference, Note | None]:
        """The reference if it stands for exactly one person of this file; else unknown, with the text found."""
        census = self._census.emails if kind is ManagerKind.EMAIL else self._census.ids
        if not census.is_known(value):
            return ManagerReference(ManagerKind.UNKNOWN, value), Note("manager_not_in_file", value)
        if census.is_shared(value):
            return UNKNOWN_MANAGER, Note("manager_shared", value)
        return ManagerReference(kind, value), Note("manager_self", value) if is_self else None
