"""Writes of an import: receive a file, read it, answer its questions, load it, note who has left."""

from handrail.capabilities.people.imports.actions.preview import read_import
from handrail.capabilities.people.imports.actions.receiving import begin_import, receive_upload, start_loading
from handrail.capabilities.people.imports.actions.settling import (
    answer_questions,
    cancel_import,
    forget_files,
    forget_import,
    mark_as_left,
    note_failure,
    note_file_gone,
)
from handrail.capabilities.people.imports.actions.writing import apply_import

__all__ = [
    "answer_questions",
    "apply_import",
    "begin_import",
    "cancel_import",
    "forget_files",
    "forget_import",
    "mark_as_left",
    "note_failure",
    "note_file_gone",
    "read_import",
    "receive_upload",
    "start_loading",
]
