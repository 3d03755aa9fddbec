"""A person's key: how it is made, opened, kept safe and given up. Reads no private text."""

from handrail.foundation.vault.keys.devices import Device, close_here, devices_of, end_device
from handrail.foundation.vault.keys.opening import (
    begin,
    is_open,
    make_for_demo,
    open_for_demo,
    open_with_passkey,
    open_with_phrase,
    open_with_recovery_code,
)
from handrail.foundation.vault.keys.pairs import forget_unused
from handrail.foundation.vault.keys.phrases import check_phrase, new_phrase
from handrail.foundation.vault.keys.recovery_codes import new_code, read_code, same_group
from handrail.foundation.vault.keys.safekeeping import (
    Keeping,
    Passkey,
    Safekeeping,
    add_passkey,
    begin_again,
    delete_expired_devices,
    draw_phrase,
    keeping_of,
    keyed_account_ids,
    new_passkey_salt,
    opens_on_devices_only,
    set_phrase,
    set_recovery_code,
    state_of,
)
from handrail.foundation.vault.keys.wrappings import OpenVault

__all__ = [
    "Device",
    "Keeping",
    "OpenVault",
    "Passkey",
    "Safekeeping",
    "add_passkey",
    "begin",
    "begin_again",
    "check_phrase",
    "close_here",
    "delete_expired_devices",
    "devices_of",
    "draw_phrase",
    "end_device",
    "forget_unused",
    "is_open",
    "keeping_of",
    "keyed_account_ids",
    "make_for_demo",
    "new_code",
    "new_passkey_salt",
    "new_phrase",
    "open_for_demo",
    "open_with_passkey",
    "open_with_phrase",
    "open_with_recovery_code",
    "opens_on_devices_only",
    "read_code",
    "same_group",
    "set_phrase",
    "set_recovery_code",
    "state_of",
]
