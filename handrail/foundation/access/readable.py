"""What arrives is read as UTF-8, and cookies that no browser of ours sends are not read at all.

Django believes the charset that a request names: UTF-7 smuggles lone surrogates in, and codecs that are no text end in
a fault before any middleware runs. A quoted cookie can carry a NUL, which PostgreSQL refuses when the session is
looked up.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def always_utf8(application: Application) -> Application:
    """The WSGI application, told of no other charset: our pages are UTF-8, and so is what browsers send back."""

    def read_plainly(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        make_plain(environ)
        return application(environ, start_response)

    return read_plainly


def make_plain(environ: dict[str, Any]) -> None:
    """Leave no charset but ours, and no length that is no number: Django reads the first and counts on the second."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length and not (length.isascii() and length.isdigit() and len(length) < 18):
        environ["CONTENT_LENGTH"] = "0"
    parts = environ.get("CONTENT_TYPE", "").split(";")
    if len(parts) > 1:
        environ["CONTENT_TYPE"] = ";".join(part for part in parts if "charset" not in part.lower())


class PrintableCookies:
    """Stands before whatever reads a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name, value in list(request.COOKIES.items()):
            if not (name + value).isprintable():
                del request.COOKIES[name]
        return self.get_response(request)
