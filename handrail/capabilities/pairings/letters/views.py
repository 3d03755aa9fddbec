"""One page: who the letters are for, and then all of them to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.queries import after_letter
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.letters import actions, queries
from handrail.capabilities.people.queries import letter_address, organisation_of
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.languages import in_language_of


@open_to_coordinators
def pairing_letters(request: SignedInRequest) -> HttpResponse:
    again = bool(request.GET.get("again"))
    people = queries.people_to_let_in(organisation_of(request), again=again)
    if request.method != "POST":
        names = [one.person.name for one in people]
        context = {"title": _("Letters that let your pairs in"), "names": names, "again": again}
        return render(request, "pairings/letters/pairing_letters.html", context)
    letters = []
    for one, code in actions.make_letters(by=request.user, people=people):
        with in_language_of(one.person.account, __name__):  # each is somebody else's to read
            said = {
                "one": one,
                "others": _(" and ").join(one.others),
                "address": letter_address(),
                "code": code,
                "after_letter": after_letter(by_mail=False, ask=request.user.name),
                "coordinator": request.user.name,
            }
            text = render_to_string("pairings/letters/pairing_letter_text.html", said, request)
            letters.append((get_language(), text))
    shown = {"title": _("Letters that let your pairs in"), "letters": letters}
    return render(request, "pairings/letters/pairing_letters_printed.html", shown)
