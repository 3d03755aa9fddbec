"""Every field of ours is declared: whose it is, why it is held, who reads it, how long, how it ends."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from handrail.capabilities.people.models import Person
from handrail.foundation.lifecycle.registry import (
    Erasure,
    Kind,
    declarations,
    library_models_about_people,
    models_of_ours,
    private_readers,
    undeclared_fields,
)
from handrail.foundation.lifecycle.subjects import rows_about

ACCOUNTS = (
    "account",
    "account_id",
    "user",
    "pk",
    "recipient",
    "by",
    "made_by",
    "closed_by",
    "owner",
    "contact",
    "checker",
)


def test_every_field_is_declared_once() -> None:
    assert undeclared_fields() == []


def test_private_fields_are_for_those_inside_a_pairing_only() -> None:
    outside = {"coordinator", "sponsor", "administrator", "editor"}
    assert [d for d in declarations() if d.kind == Kind.PRIVATE and outside & set(d.readers)] == []


def test_personal_fields_say_whose_they_are() -> None:
    assert [d for d in declarations() if d.kind in (Kind.PRIVATE, Kind.PERSONAL) and not d.subject] == []


def test_every_link_to_a_person_says_for_whom_the_row_is_held() -> None:
    """A new table that concerns somebody is neither forgotten by the export nor by erasure."""
    said = {(one.model, lookup.split("__")[0]) for one in declarations() for lookup in one.subjects}
    elsewhere = {
        ("people.Person", "manager"): "the row is about whoever reports to the manager",
        ("vault.EpochKey", "holder"): "declared by its key pair",
    }
    people = {get_user_model(), Person}
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in (*models_of_ours(), *library_models_about_people())
        for field in model._meta.concrete_fields
        if field.related_model in people and (model._meta.label, field.name) not in said | elsewhere.keys()
    ]
    assert missing == []


@pytest.mark.django_db(databases=["default", "keystore"])
def test_every_subject_leads_to_an_account() -> None:
    for one in declarations():
        rows_about(one, 0).exists()
        for lookup in one.subjects:
            last = lookup.split("__")[-1]
            assert last in ACCOUNTS, one


def test_every_private_field_that_is_exported_has_a_reader() -> None:
    assert {
        one.model for one in declarations() if one.kind == Kind.PRIVATE and one.exported
    } == private_readers().keys()


def test_what_is_cleared_can_be_empty() -> None:
    fields = [
        apps.get_model(one.model)._meta.get_field(name)
        for one in declarations()
        if one.erasure == Erasure.CLEAR
        for name in one.fields
    ]
    assert fields
    assert [str(field) for field in fields if not (field.null or field.empty_strings_allowed)] == []
