"""Collects what a preview shows: complete counts, and rows up to a limit for each kind."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from handrail.capabilities.people.imports.models import Finding, PeopleImport

Kind = Finding.Kind
SHOWN: Mapping[str, int] = {Kind.ADD: 1000, Kind.CHANGE: 1000}
SHOWN_OTHERWISE = 5000
BUFFER = 500


class Findings:
    """Rows are written a buffer at a time; call `flush` at the end."""

    def __init__(self, people_import: PeopleImport) -> None:
        self._import = people_import
        self._waiting: list[Finding] = []
        self._kept: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def add(self, kind: Kind, *, line: int = 0, name: str = "", person_id: int | None = None, **detail: Any) -> None:
        self.counts[kind] += 1
        # Questions are all kept: one that is not shown could never be answered.
        if kind is not Kind.ASK and self._kept[kind] >= SHOWN.get(kind, SHOWN_OTHERWISE):
            return
        self._kept[kind] += 1
        self._waiting.append(
            Finding(of=self._import, kind=kind, line=line, name=name[:200], person_id=person_id, detail=detail)
        )
        if len(self._waiting) >= BUFFER:
            self.flush()

    def flush(self) -> None:
        Finding.objects.bulk_create(self._waiting)
        self._waiting = []
