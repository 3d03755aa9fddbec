"""What arrives is read as UTF-8, and cookies that no browser of ours sends are not read at all.

Django believes the charset that a request names: UTF-7 then smuggles lone surrogates in, and codecs that are no text
end in a fault. A quoted cookie can carry a NUL, which PostgreSQL refuses when the session is looked up.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ReadableMiddleware:
    """Stands before whatever reads the query, the form or a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.encoding or "utf-8").lower() != "utf-8":
            request.encoding = "utf-8"
        for name, value in list(request.COOKIES.items()):
            if not (name + value).isprintable():
                del request.COOKIES[name]
        return self.get_response(request)
