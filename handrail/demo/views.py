"""The demonstration's front door: one tap signs in as each role."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.people.models import Person
from handrail.demo import roles
from handrail.foundation.access.guards import open_in_demo


@open_in_demo
def demo(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Look around as…"), "cards": roles.cards(), "large": roles.large_cards()}
    return render(request, "demo/demo.html", context)


@open_in_demo
@require_POST
def demo_sign_in(request: HttpRequest, role: str) -> HttpResponse:
    name = roles.NAMES.get(role) or roles.LARGE_NAMES.get(role)
    person = Person.objects.filter(organisation__is_demo=True, name=name).select_related("account").first()
    if person is None or person.account is None:
        raise Http404
    request.session.flush()
    record_authentication(request, person.account, method="demo")
    answer: HttpResponse = perform_login(request, Login(user=person.account))
    return answer
