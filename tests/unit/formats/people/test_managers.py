"""Whom somebody reports to, by format; unknown is never "nobody"."""

import pytest

from handrail.formats.people import NO_MANAGER, ManagerKind, ManagerReference, PersonRecord
from tests.unit.formats.people.files import (
    ENTRA_HEADER,
    GOOGLE_HEADER,
    as_bytes,
    note_codes,
    organogram,
    own,
    people,
    post,
    read,
)


def by_name(content: bytes) -> dict[str, PersonRecord]:
    return {person.name: person for person in people(read(content))}


def google(first: str, status: str = "Active", manager: str = "", unit: str = "", path: str = "/A/B") -> str:
    return f"{first},Rees,{first.lower()}@x.example,****,{path},{status},,Head,{manager},{unit}"


def entra(name: str, *, mail: str = "", kind: str = "Member", enabled: str = "True", sign_in: str = "") -> str:
    return f"{sign_in or name.lower() + '@x.example'},{name},,{mail},,id-{name},{kind},Head,Unit,{enabled}"


def test_organogram_reports_by_reference() -> None:
    found = by_name(organogram(post("PS", "Ann", "XX"), post("D1", "Bo", "PS"), post("D2", "Cy", " D1 ")))
    assert found["Cy"].manager == ManagerReference(ManagerKind.SOURCE_ID, "D1")


@pytest.mark.parametrize("written", ["XX", "xx"])
def test_the_head_of_an_organogram_has_nobody_above_within_the_body(written: str) -> None:
    found = by_name(organogram(post("PS", "Ann", written), post("D1", "Bo", "PS")))
    assert found["Ann"].manager == NO_MANAGER
    assert "manager_not_a_reference" not in note_codes(found["Ann"])


def test_the_same_word_in_another_file_says_nothing() -> None:
    assert by_name(own("id,name,manager id", "1,Ann,XX", "2,Bo,1"))["Ann"].manager.kind is ManagerKind.UNKNOWN


@pytest.mark.parametrize("written", ["0", "", "N/D", "D99"])
def test_what_names_nobody_known_is_unknown(written: str) -> None:
    found = by_name(organogram(post("PS", "Ann", written), post("D1", "Bo", "PS")))
    assert found["Ann"].manager.kind is ManagerKind.UNKNOWN


def test_a_manager_outside_the_file_keeps_what_was_written() -> None:
    person = by_name(own("id,name,manager id", "1,Ann,99"))["Ann"]
    assert person.manager == ManagerReference(ManagerKind.UNKNOWN, "99")
    assert "manager_not_in_file" in note_codes(person)


def test_a_post_without_a_name_is_passed_through() -> None:
    rows = [post("PS", "Ann", "XX"), post("R1", "N/D", "PS"), post("R2", "Vacant", "R1"), post("D1", "Bo", "R2")]
    bo = by_name(organogram(*rows))["Bo"]
    assert bo.manager == ManagerReference(ManagerKind.SOURCE_ID, "PS")
    assert "manager_unnamed_post" in note_codes(bo)


@pytest.mark.parametrize("above", ["R1", "XX", "R2"])
def test_a_vacant_post_that_leads_nowhere_is_unknown(above: str) -> None:
    rows = [post("R1", "N/D", above), post("R2", "N/D", "R1"), post("D1", "Bo", "R1")]
    assert by_name(organogram(*rows))["Bo"].manager.kind is ManagerKind.UNKNOWN


def test_entra_says_nothing_about_managers() -> None:
    person = by_name(as_bytes([ENTRA_HEADER, entra("Ann", mail="Ann@X.example")]))["Ann"]
    assert (person.manager.kind, person.source_id, person.email) == (ManagerKind.UNKNOWN, "id-Ann", "ann@x.example")


def test_entra_accounts_that_are_off_or_guests_are_not_active() -> None:
    guest = entra("Gus", kind="Guest", sign_in="gus_y.example#EXT#@x.onmicrosoft.com")
    found = by_name(as_bytes([ENTRA_HEADER, entra("Ann"), entra("Bo", enabled="False"), guest]))
    assert {name: person.active for name, person in found.items()} == {"Ann": True, "Bo": False, "Gus": False}
    assert "guest" in note_codes(found["Gus"])


def test_entra_sign_in_name_serves_as_address_unless_it_is_technical() -> None:
    technical = [entra("Bo", sign_in="bo@x.onmicrosoft.com"), entra("Cy", sign_in="cy_y.example#EXT#@x.example")]
    found = by_name(as_bytes([ENTRA_HEADER, entra("Ann"), *technical]))
    assert [found[name].email for name in ("Ann", "Bo", "Cy")] == ["ann@x.example", "", ""]
    assert "email_from_sign_in_name" in note_codes(found["Ann"])


def test_google_managers_are_addresses_and_one_blank_is_the_head() -> None:
    found = by_name(as_bytes([GOOGLE_HEADER, google("Ann"), google("Bo", manager=" ANN@x.example")]))
    assert found["Ann Rees"].manager == NO_MANAGER
    assert found["Bo Rees"].manager == ManagerReference(ManagerKind.EMAIL, "ann@x.example")


def test_several_blanks_are_simply_not_filled_in() -> None:
    found = by_name(as_bytes([GOOGLE_HEADER, google("Ann"), google("Cy"), google("Bo", manager="ann@x.example")]))
    assert found["Ann Rees"].manager.kind is ManagerKind.UNKNOWN
    assert "manager_blank" in note_codes(found["Cy Rees"])


def test_google_suspended_accounts_and_units() -> None:
    rows = [google("Ann", status="Suspended"), google("Bo", unit="Finance"), google("Cy", status="Archived")]
    found = by_name(as_bytes([GOOGLE_HEADER, *rows]))
    assert [found[name].active for name in ("Ann Rees", "Bo Rees", "Cy Rees")] == [False, True, False]
    assert [found[name].unit for name in ("Ann Rees", "Bo Rees")] == ["B", "Finance"]


def test_own_file_names_managers_by_id_address_or_none() -> None:
    header = "id,name,email,manager id,manager email"
    rows = ["1,Ann,a@x.example,none,", "2,Bo,b@x.example,1,", "3,Cy,c@x.example,,b@x.example", "4,Di,d@x.example,,"]
    found = by_name(own(header, *rows))
    assert [found[name].manager.kind.value for name in ("Ann", "Bo", "Cy", "Di")] == [
        "none", "source_id", "email", "unknown",
    ]  # fmt: skip


def test_own_file_other_columns() -> None:
    header = "id,name,email,job title,unit,grade,place,languages,active"
    person = by_name(own(header, '1,Ann,,Head,Finance,G7,Leeds,"Welsh, English / BSL",no'))["Ann"]
    assert (person.unit, person.grade, person.place) == ("Finance", "G7", "Leeds")
    assert person.languages == ("Welsh", "English", "BSL")
    assert not person.active


def test_somebody_named_as_their_own_manager_is_noted() -> None:
    person = by_name(own("id,name,manager id", "1,Ann,1"))["Ann"]
    assert person.manager == ManagerReference(ManagerKind.SOURCE_ID, "1")
    assert "manager_self" in note_codes(person)
