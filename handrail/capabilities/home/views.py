"""Home: one next thing; and the pages for when something is not as expected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.foundation.access.guards import open_to_signed_in


@open_to_signed_in
def home(request: SignedInRequest) -> HttpResponse:
    return render(request, "home/home.html", {"title": _("Hello, %(name)s") % {"name": request.user.name}})


def form_outlived_session(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "home/form_outlived_session.html", {"title": _("Please send that again")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "home/bad_request.html", {"title": _("We could not read that")}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "home/forbidden.html", {"title": _("This page is not for you")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "home/not_found.html", {"title": _("There is no such page")}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "home/server_error.html", {"title": _("Something went wrong on our side")}, status=500)
