"""Disorder in rows: what is a fault, what is a person all the same, and that one row harms no other."""

import io

import pytest

from handrail.formats.people import ManagerKind, PersonRecord, UnnamedReason, open_people_file
from tests.unit.formats.people.files import (
    faults,
    note_codes,
    organogram,
    own,
    people,
    post,
    read,
    repeats,
    unnamed,
)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2,Bo", "too_few_fields"),
        ("2,Bo,u,extra", "too_many_fields"),
        ("2,B\x00o,u", "control_characters"),
        ("2,B\x1bo,u", "control_characters"),
        ("2," + "B" * 201 + ",u", "value_too_long"),
        ('2,"Bo,u', "unclosed_quote"),
        ("2,Bo," + "u" * 70_000, "line_too_long"),
    ],
)
def test_a_bad_row_is_named_by_line_and_the_rest_loads(row: str, code: str) -> None:
    items = read(own("id,name,unit", "1,Ann,u", row, "3,Cy,u", '4,"Di ""D"" Xu",u'))
    assert [(fault.line, fault.code) for fault in faults(items)] == [(3, code)]
    assert [(person.line, person.name) for person in people(items)] == [(2, "Ann"), (4, "Cy"), (5, 'Di "D" Xu')]
    assert str(faults(items)[0]).startswith("line 3")
    assert faults(items)[0].remedy.endswith(".")


def test_an_address_whose_name_was_forgotten_is_no_vacant_post() -> None:
    items = read(
        own("id,name,job title,email", "1,Ann,,", "2,,,bo@x.example", "3,,Head of Things,cy@x.example", "4,,,")
    )
    assert [(fault.line, fault.code) for fault in faults(items)] == [(3, "no_name")]
    assert [post.line for post in unnamed(items)] == [4, 5]


def test_an_open_quote_in_the_last_column_swallows_nobody() -> None:
    items = read(own("id,name", '1,"Ann', "2,Bo", "3,Cy"))
    assert [fault.code for fault in faults(items)] == ["unclosed_quote"]
    assert [person.name for person in people(items)] == ["Bo", "Cy"]


def test_lone_surrogate_in_utf_16_spoils_its_row_only() -> None:
    before, after = "\ufeffid,name\n1,Ann\n2,B", "o\n3,Cy\n"
    content = before.encode("utf-16-le") + b"\x00\xd8" + after.encode("utf-16-le")
    items = read(content)
    assert [fault.line for fault in faults(items)] == [3]
    assert [person.name for person in people(items)] == ["Ann", "Cy"]


def test_a_line_break_within_quotes_is_part_of_the_value() -> None:
    items = read(own("id,name,job title", '1,Ann Rees,"Head of\r\nFinance"', "2,Bo Xu,Clerk"))
    assert [(person.line, person.job_title) for person in people(items)] == [(2, "Head of Finance"), (4, "Clerk")]


def test_spaces_case_and_invisible_marks_are_put_right() -> None:
    person = people(read(own("id,name,email", " 7 ,  Ann\u00a0 \u200bRees ,  Ann.Rees@Example.ORG ")))[0]
    assert (person.source_id, person.name, person.email) == ("7", "Ann Rees", "ann.rees@example.org")


def test_decomposed_letters_are_composed() -> None:
    assert people(read(own("name", "Zoe\u0308")))[0].name == "Zoë"


def test_empty_fields_too_many_are_dropped() -> None:
    assert len(people(read(own("id,name", "1,Ann,,,")))) == 1


def test_rows_past_the_limit_are_said_not_to_be_read() -> None:
    content = own("id,name", *(f"{number},P {number}" for number in range(9)))
    items = list(open_people_file(io.BytesIO(content), maximum_rows=5).items())
    assert len(people(items)) == 5
    assert [(fault.line, fault.code) for fault in faults(items)] == [(7, "too_many_rows")]


@pytest.mark.parametrize(
    ("name", "title", "reason"),
    [
        ("N/D", "Director", UnnamedReason.NOT_DISCLOSED),
        ("N/D", "Not in Post", UnnamedReason.NOT_IN_POST),
        ("Vacant", "Director", UnnamedReason.VACANT),
        ("VACANT - recruiting", "Director", UnnamedReason.VACANT),
        ("", "Director", UnnamedReason.VACANT),
        ("TBC", "Director", UnnamedReason.VACANT),
        ("Not in post", "Director", UnnamedReason.NOT_IN_POST),
        ("Eliminated", "Director", UnnamedReason.REMOVED),
    ],
)
def test_a_post_without_a_named_person_is_nobody(name: str, title: str, reason: UnnamedReason) -> None:
    items = read(organogram(post("PS", "Ann Rees", "XX"), post("D1", name, title=title)))
    assert [person.name for person in people(items)] == ["Ann Rees"]
    assert [(vacancy.line, vacancy.reason, vacancy.source_id) for vacancy in unnamed(items)] == [(3, reason, "D1")]


def test_a_named_person_not_in_a_post_is_kept_without_an_id() -> None:
    person = people(read(organogram(post("0", "Ann Rees", title="Not in post"))))[0]
    assert person.source_id == ""
    assert {"not_in_post", "no_reference"} <= note_codes(person)


def test_a_job_share_is_two_people_with_ids_of_their_own() -> None:
    rows = [post("D1", "Ann Rees", share="0.6"), post("D1", "Bo Xu", share="0.4"), post("D2", "Cy Ito", "D1")]
    found = people(read(organogram(*rows)))
    assert len({person.source_id for person in found}) == 3
    assert all("job_share" in note_codes(person) for person in found[:2])
    # Which of the two Cy reports to is not known: that is not the same as reporting to nobody.
    assert found[2].manager.kind is ManagerKind.UNKNOWN


def test_ids_of_a_job_share_do_not_depend_on_the_order() -> None:
    rows = [post("D1", "Ann Rees"), post("D1", "Bo Xu")]
    ids = [
        {person.name: person.source_id for person in people(read(organogram(*order)))} for order in (rows, rows[::-1])
    ]
    assert ids[0] == ids[1]


def test_the_very_same_person_twice_is_one() -> None:
    items = read(
        organogram(post("D1", "Ann Rees", share="0.6"), post("D1", "Ann  REES ", share="0.2"), post("D2", "Cy", "D1"))
    )
    assert [person.name for person in people(items)] == ["Ann Rees", "Cy"]
    assert [(repeat.line, repeat.first_line, repeat.share) for repeat in repeats(items)] == [(3, 2, "0.2")]
    assert people(items)[1].manager.value == "D1"


def test_an_id_on_two_different_people_recognises_nobody() -> None:
    found = people(read(own("id,name,email", "7,Ann,a@x.example", "7,Bo,b@x.example")))
    assert [person.source_id for person in found] == ["", ""]
    assert all("id_not_unique" in note_codes(person) for person in found)


def test_a_shared_family_inbox_is_two_people() -> None:
    found = people(
        read(own("name,email,manager", "Ann,home@x.example,", "Bo,HOME@x.example,", "Cy,c@x.example,home@x.example"))
    )
    assert [person.email_shared for person in found] == [True, True, False]
    assert found[2].manager.kind is ManagerKind.UNKNOWN


def test_the_same_name_and_address_without_an_id_is_one_person() -> None:
    items = read(own("name,email", "Ann Rees,a@x.example", "ann rees,A@X.example"))
    assert len(people(items)) == 1
    assert repeats(items)[0].first_line == 2


@pytest.mark.parametrize(
    ("written", "email", "code"),
    [
        ("", "", "no_email"),
        ("n/a", "", "no_email"),
        ("ann at example", "", "email_unreadable"),
        ("Ann <Ann@x.example>", "ann@x.example", None),
        ("a@x.example; b@x.example", "a@x.example", "email_first_of_several"),
        ("mailto:a@x.example", "a@x.example", None),
        ("a" * 250 + "@x.example", "", "email_unreadable"),
    ],
)
def test_people_without_a_usable_address_are_kept(written: str, email: str, code: str | None) -> None:
    person = people(read(own("name|email", f"Ann|{written}")))[0]
    assert person.email == email
    assert note_codes(person) == ({code} if code else set())


def test_many_open_quotes_do_not_take_for_ever() -> None:
    """Each line closes the quote before it and opens another: the worst case for reading lines again."""
    items = read(own("a,name", *(['a","'] * 3000)))
    assert faults(items)
    assert not [item for item in items if isinstance(item, PersonRecord)]
