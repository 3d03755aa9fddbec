"""Home: one next thing; what each role sees; and the pages for when something is not as expected."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.queries import way_back
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.home import coordinating, presenters, queries, role_things, role_views
from handrail.capabilities.pairings.proposals.queries import open_choice
from handrail.capabilities.pairings.queries import own_plan_at_a_glance, plans_mentored
from handrail.capabilities.people.queries import persons_of
from handrail.capabilities.starting_point.actions import seal_waiting
from handrail.capabilities.starting_point.queries import has_no_time
from handrail.foundation.access.guards import open_to_anyone, open_to_signed_in


@open_to_signed_in
def home(request: SignedInRequest) -> HttpResponse:
    own = queries.own_open_pairings(request)
    coordinated, places = queries.coordinated(request), queries.own_places(request)
    by_role = [coordinating.of_coordinator(numbers) for numbers in coordinated]
    by_role += [role_things.of_administrator(count) for count in queries.administered(request)]
    by_role += [role_things.of_delegate(names) for names in queries.arranged_for(request)]
    for released in queries.sponsored(request):
        by_role += [role_things.of_sponsor(released), role_things.of_stories()]
    asked = queries.asked_to_mentor(request)
    start = queries.own_start(request, own, nothing_else=not by_role and asked is None)
    if start and start.state.wish_waits and (said := seal_waiting(request)):
        messages.success(request, said)
    keeping, way = queries.keeping(request), way_back(request)
    plan = own_plan_at_a_glance(request, beside=places.opens) if keeping.has_keys else None
    parts = plan.parts_done if plan else frozenset()
    may_choose = not coordinated and not any(one.own.side == "leader" for one in own)
    mentors = keeping.has_keys and any(one.own.side == "mentor" for one in own)
    context = {
        "title": _("Hello, %(name)s") % {"name": request.user.name},
        "home": presenters.home_of(
            own,
            by_role,
            coordinated=coordinated,
            keep_it_safe=keeping.devices_only,
            start=start,
            asked_to_mentor=asked,
            takes_part=bool(persons_of(request)),
            signed_up=places.signed_up,
            conversations=places.conversations,
            beside=queries.done_beside(request, places, parts) if keeping.has_keys else queries.DoneBeside(),
            way_back_open=way.open,
            address_helps=way.mail,
            plan=plan,
            ahead=queries.ahead(request, places) if keeping.has_keys else [],
            no_time=keeping.has_keys and start is not None and start.state.begun and has_no_time(request),
            mentored=plans_mentored(request) if mentors else [],
            is_contact=places.is_contact,
            reported=places.reported,
            choice=open_choice(request) if may_choose else None,
            shown=queries.shown_conversations(request, own),
        ),
    }
    return render(request, "home/home.html", context)


@open_to_anyone
def what_each_role_sees(request: HttpRequest, role: str = "leader") -> HttpResponse:
    view = role_views.VIEWS.get(role)
    if view is None:
        raise Http404
    shown = view()
    context = {"title": _("What each role sees"), "shown": shown, "tabs": role_views.tabs(role)}
    return render(request, "home/what_each_role_sees.html", context)


@open_to_anyone
def welcome(request: HttpRequest) -> HttpResponse:
    """The front door for somebody not signed in."""
    if settings.DEMO and not request.user.is_authenticated:
        return redirect("demo")
    return redirect("home" if request.user.is_authenticated else "account_login")


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
