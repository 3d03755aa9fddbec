"""The forms that come only after something else: in another browser, at a second proof, on the page after this one.

Their addresses and what stands in them are written here; which names they ask for is found out, as for all others.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Pairing
from handrail.formats.passkeys import read_new_passkey
from tests.factories.passkeys import Device
from tests.factories.world import person
from tests.integration.nasty_forms import Found, Visitors, question_for
from tests.integration.page_forms import form_with
from tests.mail_set import with_mail

LINE = "line"  # of the questions at the end


@dataclass
class Written:
    """A form as it would stand on its page."""

    address: str
    fields: dict[str, Any]
    buttons: list[tuple[str, str]] = field(default_factory=list)


def later_forms(visitors: Visitors) -> list[Found]:
    make_ready(visitors)
    ended = end_one(visitors)
    people = str(person(visitors.world.organisation, "Not asked yet").pk)
    invitation = {"people": people, "side": "leader", "language": "en", "words": "Why now", "other": "", "searched": ""}
    invitation["asker"] = str(visitors.world.persons["coordinator"].pk)
    code = {"code": "ABCDE-ABCDE-ABCDE-ABCDE-ABCDE", "second": "ABCDE", "fifth": "ABCDE"}
    written: list[tuple[str, str, dict[str, Any]]] = [
        ("coordinator", reverse("invitation_write"), {**invitation, "does": "look"}),
        ("coordinator", reverse("invitation_write"), {**invitation, "does": "send"}),
        ("coordinator", reverse("invitation_remind"), {"side": "leader"}),
        ("coordinator", reverse("scheme_end_step", args=[visitors.world.pairing.scheme_id, "why"]), {"why": "Over"}),
        ("leader", reverse("closing_question", args=[ended, LINE]), {"text": "Thank you"}),
        ("leader", reverse("closing_next", args=[ended]), {"answer": "rest"}),
        ("elsewhere", reverse("safe_open"), {"phrase": "five words that it is", "device": "own"}),
        ("elsewhere", reverse("safe_open") + "?way=code", {"code": code["code"], "device": "own"}),
        ("elsewhere", reverse("safe_open") + "?way=passkey", {"credential": "AA", "output": "AA", "device": "own"}),
        ("leader", reverse("safe_recovery"), {**code, "does": "confirm"}),
        ("leader", reverse("safe_recovery"), {"code": code["code"], "does": "print"}),
        ("leader", reverse("safe_lost"), {"understood": "on", "device": "own"}),
        ("leader", reverse("safe_carried"), {"form_id": "1"}),
        ("leader", reverse("organisation_choose"), {"organisation": "1"}),
        ("leader", reverse("starting_point_word_remove"), {"word": "data"}),
        ("half", reverse("mfa_authenticate"), {"code": "000000"}),
        ("half", reverse("mfa_authenticate"), {"credential": "{}"}),
        ("with proofs", reverse("mfa_reauthenticate"), {"code": "000000"}),
        ("with proofs", reverse("mfa_edit_webauthn", args=[passkey_of(visitors)]), {"name": "My phone"}),
        *(("leader", reverse("sign_up_leader", args=[step]), {}) for step in ("times", "where", "apart")),
    ]
    return [visitors.with_names(Found(role, at, Written(at, fields))) for role, at, fields in written]


def make_ready(visitors: Visitors) -> None:
    """A phrase and a second proof, and those who stand before them."""
    keep = form_with(visitors.clients["leader"].get(reverse("safe_keep")), "drawn")
    keep.send(visitors.clients["leader"], does="keep")
    visitors.clients["elsewhere"] = visitors.world.client_of("leader")
    proved = person(visitors.world.organisation, "With proofs").account
    assert isinstance(proved, Account)
    TOTP.activate(proved, "JBSWY3DPEHPK3PXP")
    passkey = {"name": "Phone", "credential": read_new_passkey(json.dumps(Device().make("A" * 22)))}
    Authenticator.objects.create(user=proved, type=Authenticator.Type.WEBAUTHN, data=passkey)
    visitors.clients["with proofs"] = Client()
    visitors.clients["with proofs"].force_login(
        proved, backend="handrail.capabilities.accounts.backends.AccountBackend"
    )
    visitors.clients["half"] = half = Client()
    with with_mail():
        half.post(reverse("account_login"), {"login": proved.email})
    code = next(line.strip() for line in str(mail.outbox[-1].body).splitlines() if _is_code(line.strip()))
    half.post(reverse("account_confirm_login_code"), {"code": code})


def _is_code(line: str) -> bool:
    return 6 <= len(line) <= 9 and line.replace("-", "").isalnum() and line.upper() == line


def passkey_of(visitors: Visitors) -> int:
    return Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk


def end_one(visitors: Visitors) -> int:
    """Another pairing of the leader's, agreed, met in part and ended."""
    asked = Pairing.objects.with_people().get(pk=question_for(visitors.world))
    for side in ("leader", "mentor"):
        account = getattr(asked, side).account
        asked = pairings.accept_pairing(by=account, pairing=asked, side=side)
    pairings.change_pairing(by=visitors.world.account("leader"), pairing=asked, state=Pairing.State.ENDED)
    return asked.pk
