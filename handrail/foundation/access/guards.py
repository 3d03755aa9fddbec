"""A view's guard: one line above it that says who may open it.

The guard's word is read by the test that tries every URL as every role with every method.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"
SIGNED_IN = "signed_in"
COORDINATOR = "coordinator"
SPONSOR = "sponsor"
EDITOR = "editor"
ADMINISTRATOR = "administrator"
DEMO_ONLY = "demo_only"
RELATION = "relation"  # signed in, and the view's query finds only what concerns this person
WORDS = (ANYONE, SIGNED_IN, COORDINATOR, SPONSOR, EDITOR, ADMINISTRATOR, DEMO_ONLY, RELATION)


def _guarded(word: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.guard = word  # type: ignore[attr-defined]
        return view

    return mark


open_to_anyone = _guarded(ANYONE)
open_to_signed_in = _guarded(SIGNED_IN)
open_to_coordinators = _guarded(COORDINATOR)
open_to_sponsors = _guarded(SPONSOR)
open_to_editors = _guarded(EDITOR)
open_to_administrators = _guarded(ADMINISTRATOR)
open_in_demo = _guarded(DEMO_ONLY)
open_to_those_concerned = _guarded(RELATION)


def guard_of(view: Callable[..., Any]) -> str | None:
    """The guard's word of a resolved view, or None when the view has none."""
    word = getattr(view, "guard", None) or getattr(getattr(view, "view_class", None), "guard", None)
    return word if word in WORDS else None


# Views of libraries, and of the design system beside us, carry no guard of ours: they are listed by URL name.
# A trailing * stands for the rest.
LIBRARY_GUARDS: dict[str, str] = {
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_request_login_code": ANYONE,
    "account_confirm_login_code": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "account_signup": ANYONE,
    "mfa_authenticate": ANYONE,
    "mfa_login_webauthn": ANYONE,
    "mfa_trust": ANYONE,
    "gallery": ANYONE,
    "gallery_*": ANYONE,
    "mfa_*": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
    "openid_connect_*": ANYONE,
    "socialaccount_login_cancelled": ANYONE,
    "socialaccount_login_error": ANYONE,
    "socialaccount_signup": ANYONE,
    "socialaccount_connections": SIGNED_IN,
}


def library_guard(url_name: str) -> str | None:
    if url_name in LIBRARY_GUARDS:
        return LIBRARY_GUARDS[url_name]
    for pattern, word in LIBRARY_GUARDS.items():
        if pattern.endswith("*") and url_name.startswith(pattern[:-1]):
            return word
    return None


def word_for(request: HttpRequest, view: Callable[..., Any]) -> str | None:
    match = request.resolver_match
    return guard_of(view) or (library_guard(match.url_name or "") if match else None)
