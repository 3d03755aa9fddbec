"""Every field of ours is declared: whose it is, why it is held, who reads it, how long, how it ends."""

from handrail.foundation.lifecycle.registry import Kind, declarations, undeclared_fields


def test_every_field_is_declared_once() -> None:
    assert undeclared_fields() == []


def test_private_fields_are_for_those_inside_a_pairing_only() -> None:
    outside = {"coordinator", "sponsor", "administrator", "editor"}
    assert [d for d in declarations() if d.kind == Kind.PRIVATE and outside & set(d.readers)] == []


def test_personal_fields_say_whose_they_are() -> None:
    assert [d for d in declarations() if d.kind in (Kind.PRIVATE, Kind.PERSONAL) and not d.subject] == []
