"""Writes about exports: one comes in, is read and filed; who is who; what is deleted."""

from handrail.capabilities.participation.exports.actions.loading import (
    forget_old_arrivals,
    forget_suggestions,
    load_export,
    note_failure,
)
from handrail.capabilities.participation.exports.actions.receiving import (
    answer_suggestions,
    delete_before,
    go_on_with_load,
    put_aside,
    receive_export,
    stop_load,
)

__all__ = [
    "answer_suggestions",
    "delete_before",
    "forget_old_arrivals",
    "forget_suggestions",
    "go_on_with_load",
    "load_export",
    "note_failure",
    "put_aside",
    "receive_export",
    "stop_load",
]
