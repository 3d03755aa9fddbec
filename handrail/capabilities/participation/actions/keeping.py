"""Keeps the files in step with the index: whoever is forgotten there, and what was deleted by date, leaves the files.

Numbers that the index does not know (any more, or yet, after a restore of an older backup) are taken out of the acts.
"""

import numpy as np

from handrail.capabilities.participation.log_files import LogFiles, everything
from handrail.capabilities.participation.models import Gathered, Voice


def files_in_step(organisation_id: int) -> int:
    """Delete from one organisation's files what the index does not know; how many acts went."""
    files = LogFiles(organisation_id)
    gathered = Gathered.objects.filter(organisation=organisation_id).first()
    if gathered is None:
        files.forget_everything()
        return 0
    if not files.folder.exists():
        return 0
    with files.alone():
        days = [day for day in (gathered.kept_from, files.kept_from) if day]
        gone = files.forget_before(max(days)) if days and _is_behind(files, gathered) else 0
        known = np.array(
            Voice.objects.filter(organisation=organisation_id).values_list("number", flat=True), dtype=np.int32
        )
        if len(np.setdiff1d(files.people(), known)):
            gone += files.keep_people(known)
    return gone


def _is_behind(files: LogFiles, gathered: Gathered) -> bool:
    """Whether the later of the two days, in the index and beside the files, is not yet in both."""
    if gathered.kept_from == files.kept_from:
        return False
    gathered.kept_from = max(day for day in (gathered.kept_from, files.kept_from) if day)
    gathered.save(update_fields=["kept_from"])
    return True


def all_files_in_step() -> list[int]:
    """The same for every organisation; those in whose files something was deleted."""
    numbers = [int(path.name) for path in everything().glob("*") if path.name.isdigit()]
    return [number for number in sorted(numbers) if files_in_step(number)]
