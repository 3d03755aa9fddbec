"""Error reports and logs carry nothing that a person typed."""

import logging
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class NothingTyped(SafeExceptionReporterFilter):
    """Django's report of a fault without the form, the cookies and the variables of our code."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> list[Any]:  # type: ignore[override]
        return []


class LogWithoutPrivateText(logging.Filter):
    """Keeps a traceback's places and drops its message, which may quote what was typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            kind, _, trace = record.exc_info
            frames = []
            while trace is not None:
                code = trace.tb_frame.f_code
                frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            record.exc_info = None
            record.exc_text = f"{getattr(kind, '__name__', kind)} at " + " > ".join(frames[-12:])
        return True
