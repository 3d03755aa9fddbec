"""Which of several people an address goes to: one that somebody has never becomes a second person's by a file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models.functions import Lower

from handrail.capabilities.people.imports.matching import Match, Verdict
from handrail.capabilities.people.models import Person
from handrail.formats.people import Note

LEFT_OUT = "email_taken"


class Addresses:
    """Settles the addresses of one file, batch by batch. Whoever has one keeps it; else the first line has it."""

    def __init__(self, organisation_id: int, *, nobody_known: bool) -> None:
        self._present = Person.objects.present().filter(organisation_id=organisation_id)
        self._nobody_known = nobody_known
        self._given: dict[str, int] = {}  # of addresses that several people of the file share: the line that has it
        self._moved: set[int] = set()  # people who have another address by this file

    def settle(self, matches: Iterable[Match]) -> None:
        """Take a new address away again from whoever cannot have it, with a note on their line."""
        wanting = [match for match in matches if _wants_address(match)]
        if not wanting:
            return
        holders = self._holders({match.record.email for match in wanting})
        refused: set[int] = set()
        while more := self._refused(wanting, holders, refused):  # whoever keeps the old address still holds that
            refused |= more
        self._moved |= _moved(wanting, refused)
        for match in wanting:
            if match.record.line in refused:
                _leave_out(match)
            elif match.record.email_shared:
                self._given.setdefault(match.record.email, match.record.line)

    def _refused(self, wanting: Sequence[Match], holders: dict[str, set[int]], refused: set[int]) -> set[int]:
        moved = self._moved | _moved(wanting, refused)
        given = dict(self._given)
        more = set()
        for match in wanting:
            line, email = match.record.line, match.record.email
            if line in refused:
                continue
            others = holders.get(email, set()) - moved - {match.person.pk if match.person else 0}
            if others or given.setdefault(email, line) != line:
                more.add(line)
        return more

    def _holders(self, emails: set[str]) -> dict[str, set[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        if not self._nobody_known:
            known = self._present.annotate(lowered=Lower("email")).filter(lowered__in=emails).order_by()
            for email, number in known.values_list("lowered", "pk"):
                found[email].add(number)
        return found


def _wants_address(match: Match) -> bool:
    """Whether somebody would have an address by this line that they have not had."""
    if not match.record.email:
        return False
    changes = any(name == "email" for name, _old, _new in match.changes)
    return match.verdict is Verdict.ADD or (match.verdict is Verdict.CHANGE and changes)


def _moved(wanting: Iterable[Match], refused: set[int]) -> set[int]:
    return {match.person.pk for match in wanting if match.person and match.record.line not in refused}


def _leave_out(match: Match) -> None:
    record = match.record
    notes = (*(note for note in record.notes if note.code != "email_shared"), Note(LEFT_OUT, record.email[:100]))
    match.record = replace(record, email="", notes=notes)
    match.changes = tuple(change for change in match.changes if change[0] != "email")
    if match.verdict is Verdict.CHANGE and not match.changes:
        match.verdict = Verdict.UNCHANGED
