"""Only what a browser's links and forms send reaches a page.

A view that nobody told which methods it takes would answer a DELETE or a TRACE with its whole page, after every
question to the database. Here such a request ends before its cookie is read.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

USED = ("GET", "HEAD", "POST")


class UsedMethods:
    """Stands before whatever reads a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in USED:
            return HttpResponseNotAllowed(USED)
        return self.get_response(request)
