"""The page from which somebody takes what is held about them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.own_data import actions, presenters, queries
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_signed_in
from handrail.foundation.idempotency.middleware import may_repeat
from handrail.foundation.vault.carried import never_carried


@open_to_signed_in
@never_carried
@may_repeat
def account_data(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return _file(request)
    context = {
        "title": _("Your data"),
        "open": queries.is_open(request),
        "has_private_space": queries.has_private_space(request),
    }
    return render(request, "accounts/own_data/account_data.html", context)


def _file(request: SignedInRequest) -> HttpResponse:
    opened, now = queries.is_open(request), clock.now()
    content = presenters.as_zip(queries.own_data(request), account=request.user, made_at=now, opened=opened)
    actions.note_export(by=request.user, opened=opened)
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="handrail-your-data-{now:%Y-%m-%d}.zip"',
            "Cache-Control": "no-store, private",
        },
    )
