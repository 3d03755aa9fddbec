"""The pages that keep a private space openable, sent as a browser without JavaScript sends them."""

import re
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.foundation.vault import keys
from handrail.foundation.vault.keys import devices, phrases
from handrail.foundation.vault.models import KeyPair, Wrapping
from tests.integration.page_forms import form_with
from tests.integration.vault_people import IPHONE, person
from tests.pages import check_page

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
BACKEND = "handrail.capabilities.accounts.backends.AccountBackend"
WORDS = "violin gravel teapot meadow lantern"


@pytest.fixture(autouse=True)
def cheap_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MEMORY", 64 * 1024)


@pytest.fixture
def ann() -> Any:
    return person("ann")


def browser_of(account: Any) -> Client:
    client = Client(headers={"user-agent": IPHONE})
    client.force_login(account, backend=BACKEND)
    return client


def begun(account: Any) -> Client:
    client = browser_of(account)
    answer = form_with(client.get(reverse("safe_open")), "device").send(client, device="own")
    assert answer.status_code == 302
    return client


def with_phrase(account: Any) -> Client:
    client = begun(account)
    form_with(client.get(reverse("safe_phrase") + "?own=1"), "phrase").send(client, phrase=WORDS, again=WORDS)
    assert keys.state_of(account.pk).has_phrase
    return client


def text_of(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", ["safe_open", "safe_devices", "safe_lost", "safe_carried"])
def test_pages_before_there_is_anything(ann: Any, name: str) -> None:
    page = browser_of(ann).get(reverse(name))
    check_page(page)
    assert page.status_code == 200


def test_pages_that_need_it_open_lead_to_opening(ann: Any) -> None:
    with_phrase(ann)
    elsewhere = browser_of(ann)
    for name in ("safe_keep", "safe_phrase", "safe_recovery"):
        answer = elsewhere.get(reverse(name))
        assert answer["Location"] == f"{reverse('safe_open')}?next={reverse(name)}"


def test_pages_when_it_is_open(ann: Any) -> None:
    client = with_phrase(ann)
    for name in ("safe_keep", "safe_phrase", "safe_recovery", "safe_devices", "safe_lost"):
        check_page(client.get(reverse(name)))
    assert client.get(reverse("safe_open"))["Location"] == reverse("home")


def test_nothing_is_kept_by_browsers(ann: Any) -> None:
    client = begun(ann)
    assert "no-store" in client.get(reverse("safe_keep"))["Cache-Control"]


def test_the_phrase_shown_is_the_phrase_set(ann: Any) -> None:
    client = begun(ann)
    page = client.get(reverse("safe_keep"))
    form = form_with(page, "drawn")
    shown = form.fields["drawn"]
    assert f">{shown}<" in text_of(page)
    another = form_with(form_with(page, "does", "another").send(client), "drawn").fields["drawn"]
    assert another != shown
    assert form.send(client)["Location"] == reverse("safe_recovery")
    elsewhere = browser_of(ann)
    answer = form_with(elsewhere.get(reverse("safe_open")), "phrase").send(elsewhere, phrase=shown, device="own")
    assert answer["Location"] == reverse("home")
    assert form_with(elsewhere.get(reverse("safe_keep")), "drawn")


def test_ones_own_phrase_has_to_be_strong_and_typed_twice_alike(ann: Any) -> None:
    client = begun(ann)
    form = form_with(client.get(reverse("safe_phrase") + "?own=1"), "phrase")
    for typed, again in (("Ann 2026", "Ann 2026"), (WORDS, WORDS + "s"), ("", ""), ("a\0b", "a\0b")):
        answer = form.send(client, phrase=typed, again=again)
        check_page(answer)
        assert answer.status_code == 200
        assert not keys.state_of(ann.pk).has_phrase
    assert form.send(client, phrase=WORDS, again=WORDS)["Location"] == reverse("safe_devices")


def test_a_wrong_phrase_says_so_and_a_right_one_leads_on(ann: Any) -> None:
    with_phrase(ann)
    elsewhere = browser_of(ann)
    page = elsewhere.get(reverse("safe_open") + "?next=/account/details/")
    check_page(page)
    form = form_with(page, "phrase")
    wrong = form.send(elsewhere, phrase="another thing", device="own")
    check_page(wrong)
    assert "does not open it" in text_of(wrong)
    assert form.send(elsewhere, phrase=WORDS.upper(), device="own")["Location"] == "/account/details/"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"])
def test_opening_never_leads_away(ann: Any, away: str) -> None:
    with_phrase(ann)
    elsewhere = browser_of(ann)
    page = elsewhere.get(reverse("safe_open"), {"next": away})
    assert form_with(page, "phrase").send(elsewhere, phrase=WORDS, device="own")["Location"] == reverse("home")


def test_a_shared_device_closes_at_sign_out(ann: Any) -> None:
    with_phrase(ann)
    library = browser_of(ann)
    form_with(library.get(reverse("safe_open")), "phrase").send(library, phrase=WORDS, device="shared")
    name = devices.cookie_name(ann.pk)
    assert library.cookies[name]["max-age"] == ""
    assert Wrapping.objects.filter(temporary=True).count() == 1
    library.post(reverse("account_logout"))
    assert library.cookies[name].value == ""
    assert not Wrapping.objects.filter(temporary=True).exists()


def confirmed_code(client: Client) -> str:
    shown = form_with(client.get(reverse("safe_recovery")), "does", "show").send(client)
    check_page(shown)
    form = form_with(shown, "does", "confirm")
    groups = form.fields["code"].split("-")
    answer = form.send(client, second=groups[1].lower(), fifth=f" {groups[4]} ")
    assert answer["Location"] == reverse("safe_devices")
    return str(form.fields["code"])


def test_the_code_counts_once_two_groups_are_typed_from_paper(ann: Any) -> None:
    client = begun(ann)
    shown = form_with(client.get(reverse("safe_recovery")), "does", "show").send(client)
    form = form_with(shown, "does", "confirm")
    for typed in ({"second": "XXXXX", "fifth": "XXXXX"}, {"second": "", "fifth": ""}, {"code": "0" * 25}):
        again = form.send(client, **{"second": "A", "fifth": "B", **typed})
        assert again.status_code == 200
        check_page(again)
        assert not keys.state_of(ann.pk).has_recovery_code
    confirmed_code(client)
    assert keys.state_of(ann.pk).has_recovery_code


def test_the_code_prints_as_a_letter(ann: Any) -> None:
    client = begun(ann)
    shown = form_with(client.get(reverse("safe_recovery")), "does", "show").send(client)
    form = form_with(shown, "does", "print")
    letter = form.send(client)
    check_page(letter)
    assert form.fields["code"] in text_of(letter)
    assert not keys.state_of(ann.pk).has_recovery_code


def test_the_code_opens_and_a_slip_says_in_which_group(ann: Any) -> None:
    code = confirmed_code(begun(ann))
    elsewhere = browser_of(ann)
    form = form_with(elsewhere.get(reverse("safe_open") + "?way=code"), "code")
    wrong = code[:6] + ("A" if code[6] != "A" else "B") + code[7:]
    slip = form.send(elsewhere, code=wrong, device="own")
    check_page(slip)
    assert "group 2" in text_of(slip)
    assert "25 letters" in text_of(form.send(elsewhere, code="short", device="own"))
    assert "not your newest" in text_of(form.send(elsewhere, code=keys.new_code(), device="own"))
    assert form.send(elsewhere, code=code.lower(), device="own")["Location"] == reverse("home")


def test_devices_are_listed_and_ended(ann: Any) -> None:
    client = with_phrase(ann)
    elsewhere = browser_of(ann)
    form_with(elsewhere.get(reverse("safe_open")), "phrase").send(elsewhere, phrase=WORDS, device="own")
    page = text_of(client.get(reverse("safe_devices")))
    assert "Safari on iPhone, this one" in page
    links = re.findall(r'href="([^"]+/end/)"', page)
    assert len(links) == 2
    for link in links:
        check_page(client.get(link))
        assert form_with(client.get(link), "once").send(client)["Location"] == reverse("safe_devices")
        assert client.get(link)["Location"] == reverse("safe_devices")
    assert keys.state_of(ann.pk).devices == 0
    assert elsewhere.get(reverse("safe_keep")).status_code == 302


def test_a_device_of_somebody_else_cannot_be_seen_or_ended(ann: Any) -> None:
    begun(ann)
    device = Wrapping.objects.get()
    eve = browser_of(person("eve"))
    address = reverse("safe_device_end", args=[device.pk])
    assert eve.get(address).status_code == 302
    eve.post(address)
    assert Wrapping.objects.filter(pk=device.pk).exists()


def test_the_lost_page_is_honest_and_begins_again_only_on_purpose(ann: Any) -> None:
    with_phrase(ann)
    elsewhere = browser_of(ann)
    page = elsewhere.get(reverse("safe_lost"))
    assert "A reset of your sign-in unlocks nothing" in text_of(page)
    form = form_with(page, "device")
    check_page(form.send(elsewhere, device="own"))
    assert KeyPair.objects.count() == 1
    assert form.send(elsewhere, device="own", understood="on")["Location"] == reverse("safe_keep")
    assert KeyPair.objects.count() == 2
    form.send(elsewhere, device="own", understood="on")
    assert KeyPair.objects.count() == 2


def test_a_passkey_is_added_and_opens(ann: Any) -> None:
    client = begun(ann)
    form = form_with(client.get(reverse("safe_devices")), "salt")
    output = urlsafe_b64encode(b"p" * 32).decode().rstrip("=")
    assert form.send(client, credential="a2V5", output=output)["Location"] == reverse("safe_devices")
    assert [passkey.credential for passkey in keys.state_of(ann.pk).passkeys] == ["a2V5"]
    elsewhere = browser_of(ann)
    page = elsewhere.get(reverse("safe_open"))
    check_page(page)
    assert form.fields["salt"] in text_of(page)
    opening = form_with(page, "way", "passkey")
    for wrong in (
        {"output": "x"},
        {"output": ""},
        {"output": urlsafe_b64encode(bytes(32)).decode()},
        {"credential": "b"},
    ):
        answer = opening.send(elsewhere, **{"credential": "a2V5", "output": output, **wrong})
        assert answer["Location"].startswith(reverse("safe_open"))
    assert opening.send(elsewhere, credential="a2V5", output=output)["Location"] == reverse("home")
    assert elsewhere.get(reverse("safe_keep")).status_code == 200


def test_a_senseless_passkey_is_not_added(ann: Any) -> None:
    client = begun(ann)
    for output, salt in (("", ""), ("é", "é"), ("AAAA", "AAAA"), (urlsafe_b64encode(bytes(32)).decode(), "")):
        client.post(reverse("safe_passkey"), {"credential": "a", "output": output, "salt": salt})
    assert keys.state_of(ann.pk).passkeys == ()


def test_no_phrase_is_shown_that_would_be_refused() -> None:
    allowed = {"violin", "gravel", "teapot", "meadow", "lantern"}
    known = [word for word in phrases.words() if word not in allowed]
    assert set(phrases.new_phrase(known=known).split()) == allowed


def test_it_is_closed_on_the_device_in_ones_hand_once_something_else_opens_it(ann: Any) -> None:
    client = begun(ann)
    assert "Close it on this device now" not in text_of(client.get(reverse("safe_devices")))
    refused = client.post(reverse("safe_close"), follow=True)
    assert "Set your five words first" in text_of(refused)
    assert keys.state_of(ann.pk).devices == 1
    client = with_phrase(person("bea"))
    page = client.get(reverse("safe_devices"))
    check_page(page)
    assert reverse("account_address") in text_of(page)
    assert "no lock against somebody who holds this device" in text_of(page)
    assert client.get(reverse("safe_close")).status_code == 302, "looking closes nothing"
    assert "It is closed on this device" not in text_of(client.get(reverse("safe_devices")))
    assert client.post(reverse("safe_close")).headers["Location"] == reverse("home")
    assert "It is closed on this device" in text_of(client.get(reverse("safe_devices")))
    opened = form_with(client.get(reverse("safe_open")), "phrase").send(client, phrase=WORDS, device="own")
    assert opened.status_code == 302
    assert "It is closed on this device" not in text_of(client.get(reverse("safe_devices")))


def test_that_a_device_is_not_ones_own_says_what_it_changes(ann: Any) -> None:
    client = browser_of(ann)
    address = reverse("safe_open") + f"?device=shared&next={reverse('account')}"
    page = client.get(address)
    assert re.search(r'value="shared"[^>]* checked', text_of(page))
    after = client.post(address, {"device": "shared"}, follow=True)
    assert "closes here when you sign out or close the browser" in text_of(after)
    again = client.get(address, follow=True)
    assert "closes here when you sign out or close the browser" in text_of(again)
    own = begun(person("bea"))
    assert "as on a device of your own" in text_of(own.get(address, follow=True))
