"""A person's key: made, wrapped, opened, ended; and refused to everybody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import override_settings
from django.utils import timezone
from freezegun import freeze_time

from handrail.foundation.audit.models import Event
from handrail.foundation.keystore.models import NamedKey, ServerShare
from handrail.foundation.vault import keys, shares, texts
from handrail.foundation.vault.faults import (
    MistypedCode,
    NoKeys,
    Tampered,
    VaultClosed,
    WeakPhrase,
    WrongSecret,
)
from handrail.foundation.vault.keys import devices, pairs, phrases, wrappings
from handrail.foundation.vault.models import KeyPair, Wrapping
from tests.integration.vault_people import Browser, begins_again, begun, person

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
PHRASE = "violin gravel teapot meadow lantern"


@pytest.fixture(autouse=True)
def cheap_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MEMORY", 64 * 1024)


def with_phrase(name: str = "ann") -> Browser:
    browser = begun(name)
    keys.set_phrase(browser.request(), PHRASE)
    return browser


def test_the_first_answer_makes_a_key_sealed_to_this_device() -> None:
    ann = Browser(person("ann"))
    assert keys.state_of(ann.account.pk) == keys.Safekeeping(has_keys=False)
    opened = ann.begin()
    assert bytes(ann.opened().secret) == bytes(opened.secret)
    assert texts.open_vault(Browser(ann.account).request()) is None
    assert keys.state_of(ann.account.pk) == keys.Safekeeping(has_keys=True, devices=1)


def test_beginning_twice_opens_the_same_and_never_makes_a_second_key() -> None:
    ann = begun("ann")
    assert bytes(ann.begin().secret) == bytes(ann.opened().secret)
    with pytest.raises(VaultClosed):
        keys.begin(Browser(ann.account).request())
    assert KeyPair.objects.count() == 1


def test_nothing_opened_outlives_the_request() -> None:
    ann = begun("ann")
    request = ann.request()
    kept = texts.open_vault(request)
    assert texts.open_vault(request) is kept
    ann.done(request)
    assert not any(isinstance(value, texts.OpenVault) for value in request.__dict__.values())
    assert "secret" not in repr(kept)


def test_somebody_not_signed_in_has_nothing_open() -> None:
    from django.contrib.auth.models import AnonymousUser

    request = begun("ann").request()
    request.user = AnonymousUser()
    assert texts.open_vault(request) is None


@pytest.mark.parametrize("secure", [False, True])
def test_the_device_cookie_is_careful(secure: bool) -> None:
    ann = Browser(person("ann"))
    with override_settings(SESSION_COOKIE_SECURE=secure):
        request = ann.request()
        keys.begin(request)
        ((name, morsel),) = ann.done(request).cookies.items()
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert morsel["path"] == "/"
    assert bool(morsel["secure"]) is secure
    assert name.startswith("__Host-") is secure
    assert morsel["max-age"] == 90 * 24 * 3600


def test_not_my_device_gets_a_session_cookie_and_ends_at_sign_out() -> None:
    ann = Browser(person("ann"))
    request = ann.request()
    keys.begin(request, own_device=False)
    (morsel,) = ann.done(request).cookies.values()
    assert morsel["max-age"] == ""
    assert keys.devices_of(ann.request())[0].temporary
    request = ann.request()
    devices.end_temporary(request, ann.account.pk)
    ann.done(request)
    assert ann.cookies == {}
    assert not Wrapping.objects.exists()


def test_signing_out_leaves_ones_own_device_alone() -> None:
    ann = begun("ann")
    devices.end_temporary(ann.request(), ann.account.pk)
    assert ann.opened()


def test_a_stolen_device_cookie_is_useless_to_another_account() -> None:
    ann, eve = begun("ann"), begun("eve")
    stolen = ann.cookies[devices.cookie_name(ann.account.pk)]
    thief = Browser(eve.account)
    thief.cookies = {
        devices.cookie_name(ann.account.pk): stolen,
        devices.cookie_name(eve.account.pk): stolen,
    }
    assert texts.open_vault(thief.request()) is None


def test_even_a_row_given_to_another_account_does_not_open() -> None:
    ann, eve = begun("ann"), begun("eve")
    Wrapping.objects.filter(key_pair__account=ann.account).update(key_pair=KeyPair.objects.get(account=eve.account))
    thief = Browser(eve.account)
    thief.cookies = {devices.cookie_name(eve.account.pk): ann.cookies[devices.cookie_name(ann.account.pk)]}
    assert texts.open_vault(thief.request()) is None


@pytest.mark.parametrize("cookie", ["", "x", "é", "A" * 64, "A" * 5000, "=" * 64, "\0"])
def test_a_senseless_cookie_opens_nothing(cookie: str) -> None:
    ann = begun("ann")
    ann.cookies = {devices.cookie_name(ann.account.pk): cookie}
    assert texts.open_vault(ann.request()) is None


def test_a_device_is_remembered_for_90_days_from_its_last_use() -> None:
    ann = begun("ann")
    now = timezone.now()
    with freeze_time(now + timedelta(days=80)):
        request = ann.request()
        assert texts.open_vault(request)
        assert devices.cookie_name(ann.account.pk) in ann.done(request).cookies
    with freeze_time(now + timedelta(days=165)):
        assert ann.opened()
    with freeze_time(now + timedelta(days=260)):
        assert texts.open_vault(ann.request()) is None
        assert keys.devices_of(ann.request()) == []
        assert keys.delete_expired_devices() == 1


def test_one_browser_holds_one_wrapping_and_the_list_names_it() -> None:
    ann = with_phrase()
    for _ in range(2):
        request = ann.request()
        keys.open_with_phrase(request, PHRASE, own_device=True)
        ann.done(request)
    (device,) = keys.devices_of(ann.request())
    assert (device.name, device.this_one, device.temporary) == ("Safari on iPhone", True, False)


def test_an_ended_device_opens_nothing_and_others_still_do() -> None:
    ann = with_phrase()
    phone = Browser(ann.account)
    request = phone.request()
    keys.open_with_phrase(request, PHRASE, own_device=True)
    phone.done(request)
    other = next(device for device in keys.devices_of(ann.request()) if not device.this_one)
    assert keys.end_device(ann.request(), other.id)
    assert texts.open_vault(phone.request()) is None
    assert ann.opened()
    assert not keys.end_device(ann.request(), other.id)


def test_nobody_ends_the_device_of_somebody_else() -> None:
    ann, eve = begun("ann"), begun("eve")
    (device,) = keys.devices_of(ann.request())
    assert not keys.end_device(eve.request(), device.id)
    assert ann.opened()


def test_a_phrase_opens_another_device_however_it_is_spelled() -> None:
    ann = with_phrase()
    phone = Browser(ann.account)
    with pytest.raises(WrongSecret):
        keys.open_with_phrase(phone.request(), PHRASE + " no", own_device=True)
    request = phone.request()
    keys.open_with_phrase(request, PHRASE.upper().replace(" ", " - "), own_device=True)
    phone.done(request)
    assert bytes(phone.opened().secret) == bytes(ann.opened().secret)


def test_a_changed_phrase_ends_the_old_one() -> None:
    ann = with_phrase()
    keys.set_phrase(ann.request(), "pebble tractor ginger orbit saucer")
    phone = Browser(ann.account)
    with pytest.raises(WrongSecret):
        keys.open_with_phrase(phone.request(), PHRASE, own_device=True)
    keys.open_with_phrase(phone.request(), "pebble tractor ginger orbit saucer", own_device=True)
    assert Wrapping.objects.filter(kind="phrase").count() == 1


def test_a_weak_phrase_is_refused_and_the_old_one_kept() -> None:
    ann = with_phrase()
    with pytest.raises(WeakPhrase):
        keys.set_phrase(ann.request(), "ann ann@example.org 2026 password")
    keys.open_with_phrase(Browser(ann.account).request(), PHRASE, own_device=True)


def test_a_recovery_code_opens_and_a_newer_one_replaces_it() -> None:
    ann = begun("ann")
    first, second = keys.new_code(), keys.new_code()
    keys.set_recovery_code(ann.request(), first)
    keys.open_with_recovery_code(Browser(ann.account).request(), first.lower().replace("-", " "), own_device=False)
    keys.set_recovery_code(ann.request(), second)
    with pytest.raises(WrongSecret):
        keys.open_with_recovery_code(Browser(ann.account).request(), first, own_device=False)
    with pytest.raises(MistypedCode):
        keys.open_with_recovery_code(Browser(ann.account).request(), second[:-1], own_device=False)


def test_a_passkey_opens_with_its_own_answer_only() -> None:
    ann = begun("ann")
    salt, answer = keys.new_passkey_salt(), b"p" * 32
    keys.add_passkey(ann.request(), credential="key-1", salt=salt, prf_output=answer, label="Passkey")
    assert keys.state_of(ann.account.pk).passkeys == (keys.Passkey("key-1", salt, "Passkey"),)
    keys.open_with_passkey(Browser(ann.account).request(), "key-1", answer, own_device=True)
    for credential, output in (("key-2", answer), ("key-1", b"q" * 32)):
        with pytest.raises(WrongSecret):
            keys.open_with_passkey(Browser(ann.account).request(), credential, output, own_device=True)
    with pytest.raises(ValueError, match="32 bytes"):
        keys.add_passkey(ann.request(), credential="key-3", salt=b"", prf_output=answer, label="Passkey")


def test_keeping_it_safe_needs_it_open() -> None:
    ann = begun("ann")
    closed = Browser(ann.account)
    with pytest.raises(VaultClosed):
        keys.set_phrase(closed.request(), PHRASE)
    with pytest.raises(VaultClosed):
        keys.set_recovery_code(closed.request(), keys.new_code())
    with pytest.raises(VaultClosed):
        keys.add_passkey(closed.request(), credential="x", salt=bytes(32), prf_output=bytes(32), label="")


def test_what_is_done_is_audited_without_any_secret() -> None:
    ann = with_phrase()
    keys.set_recovery_code(ann.request(), keys.new_code())
    events = Event.objects.filter(by=ann.account, what__startswith="vault.")
    assert {event.what for event in events} == {"vault.phrase_set", "vault.recovery_code_set"}
    assert all(event.detail == {} for event in events)


# --- the two stores ---------------------------------------------------------------------------------------------------


def test_without_the_server_share_nothing_opens() -> None:
    ann = with_phrase()
    share = shares.share_of(ann.account.pk)
    shares.delete_share(ann.account.pk)
    assert texts.open_vault(ann.request()) is None
    with pytest.raises(WrongSecret):
        keys.open_with_phrase(ann.request(), PHRASE, own_device=True)
    ServerShare.objects.create(account_id=ann.account.pk, share=bytes(32))
    assert texts.open_vault(ann.request()) is None
    ServerShare.objects.filter(account_id=ann.account.pk).update(share=share)
    assert ann.opened()


def test_shares_live_in_the_key_store_only() -> None:
    begun("ann")
    assert "keystore_servershare" not in connections["default"].introspection.table_names()
    assert "vault_wrapping" not in connections["keystore"].introspection.table_names()


def test_when_the_key_store_fails_no_row_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = Browser(person("ann"))

    def fails(*_arguments: Any, **_options: Any) -> Any:
        raise DatabaseError("the key store is away")

    with monkeypatch.context() as broken:
        broken.setattr(ServerShare.objects, "get_or_create", fails)
        with pytest.raises(DatabaseError):
            keys.begin(ann.request())
    assert not KeyPair.objects.exists()
    ann.begin()
    assert ann.opened()


def test_when_the_database_fails_the_share_is_used_at_the_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = Browser(person("ann"))

    def fails(*_arguments: Any, **_options: Any) -> Any:
        raise DatabaseError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(wrappings, "wrap", fails)
        with pytest.raises(DatabaseError):
            keys.begin(ann.request())
    assert not KeyPair.objects.exists()
    share = shares.share_of(ann.account.pk)
    assert share is not None
    ann.begin()
    assert shares.share_of(ann.account.pk) == share
    assert ann.opened()


# --- swapped and changed rows ---------------------------------------------------------------------------------------


def test_a_swapped_public_key_is_refused() -> None:
    ann, eve = begun("ann"), begun("eve")
    eves = KeyPair.objects.get(account=eve.account)
    KeyPair.objects.filter(account=ann.account).update(public_key=bytes(eves.public_key), mac=bytes(eves.mac))
    with pytest.raises(Tampered):
        pairs.current_pairs([ann.account.pk])
    with pytest.raises(Tampered):
        texts.open_vault(ann.request())
    with pytest.raises(Tampered):
        texts.start_conversation(subject="pair", participants=[ann.account.pk, eve.account.pk])


def test_a_public_key_needs_the_vouching_key_of_this_installation() -> None:
    ann = begun("ann")
    NamedKey.objects.update(key=b"another" * 5)
    with pytest.raises(Tampered):
        texts.start_conversation(subject="pair", participants=[ann.account.pk])


def test_an_added_generation_is_refused() -> None:
    """Whoever writes to the database adds a newer key pair of their own for somebody else."""
    ann, eve = begun("ann"), begun("eve")
    eves = KeyPair.objects.get(account=eve.account)
    KeyPair.objects.create(
        account=ann.account, generation=2, public_key=eves.public_key, mac=eves.mac, made_at=timezone.now()
    )
    with pytest.raises(Tampered):
        texts.start_conversation(subject="pair", participants=[ann.account.pk])


@pytest.mark.parametrize("field", ["sealed", "salt"])
def test_a_changed_wrapping_does_not_open(field: str) -> None:
    ann = with_phrase()
    for wrapping in Wrapping.objects.all():
        changed = bytearray(getattr(wrapping, field) or bytes(16))
        changed[-1] ^= 1
        setattr(wrapping, field, bytes(changed))
        wrapping.save()
    with pytest.raises(WrongSecret):
        keys.open_with_phrase(Browser(ann.account).request(), PHRASE, own_device=True)


def test_an_unknown_version_does_not_open() -> None:
    ann = begun("ann")
    wrapping = Wrapping.objects.get()
    wrapping.sealed = b"\x02" + bytes(wrapping.sealed)[1:]
    wrapping.save()
    assert texts.open_vault(ann.request()) is None


# --- losing everything; the demo ------------------------------------------------------------------------------------


def test_beginning_again_makes_a_new_key_and_ends_every_device() -> None:
    ann = with_phrase()
    before = bytes(ann.opened().secret)
    fresh = begins_again(ann)
    assert bytes(fresh.opened().secret) != before
    assert texts.open_vault(ann.request()) is None
    state = keys.state_of(ann.account.pk)
    assert (state.began_again, state.has_phrase, state.devices) == (True, False, 1)
    with pytest.raises(WrongSecret):
        keys.open_with_phrase(ann.request(), PHRASE, own_device=True)


def test_a_demo_vault_opens_itself_in_the_demo_only(settings: Any) -> None:
    ann = person("ann")
    with pytest.raises(VaultClosed):
        keys.make_for_demo(ann.pk)
    settings.DEMO = True
    made = keys.make_for_demo(ann.pk)
    assert bytes(keys.make_for_demo(ann.pk).secret) == bytes(made.secret)
    assert texts.open_vault(Browser(ann).request()) is not None
    settings.DEMO = False
    assert texts.open_vault(Browser(ann).request()) is None
    assert keys.open_for_demo(ann.pk) is None


def test_who_has_a_key_is_known_without_opening() -> None:
    ann, ben = begun("ann"), person("ben")
    assert keys.keyed_account_ids([ann.account.pk, ben.pk]) == {ann.account.pk}
    with pytest.raises(NoKeys) as lacking:
        texts.start_conversation(subject="pair", participants=[ann.account.pk, ben.pk])
    assert lacking.value.account_ids == (ben.pk,)
