"""Lists as people keep them: headings guessed, names, dates and states read as they are written, faults named."""

from datetime import date

import pytest

from handrail.formats.spreadsheets import LineFault, PairLine, State, best_sheet, guess_columns, pair_lines
from handrail.formats.spreadsheets.columns import is_day_first
from handrail.formats.spreadsheets.pairs import date_in, person_in, state_in

MESSY = [
    ["Digital mentoring 2026, DRAFT v3"],
    [],
    ["Leader", "E-mail", "Mentor (digital)", "Email", "Status", "Date matched", "First meeting", "Comments"],
    ["Ashdown, Helen", "Helen@X.org", "Priya Raman", "", "matched", "2026-03-01", "9/3/2026", "likes tea"],
    ["GRAHAM PELL", "", "Amy Tran <amy@x.org>", "", "on hold", "3/4/2026"],
    ["Nadia Karim", "", "", "", "?"],
    ["", "", "Kofi Mensah"],
    ["Owen Trevithick", "", "Luca Ferri", "", "sort of"],
    ["Owen Trevithick", "", "Owen Trevithick"],
    ["Isobel Fearn", "", "Jakub Nowak", "", "asked", "next Tuesday"],
    [],
    ["Helen Ashdown", "helen@x.org", "priya raman", "", "met"],
    ["Yusuf\x07", "", "Ffion Rees"],
    ["Total: 9"],
]


def test_a_messy_list_gives_its_good_lines_and_names_the_others() -> None:
    columns = guess_columns(MESSY)
    assert (columns.heading_row, columns.is_enough) == (3, True)
    assert columns.of_role == {
        "leader": 0,
        "leader_email": 1,
        "mentor": 2,
        "mentor_email": 3,
        "state": 4,
        "agreed_on": 5,
        "met_on": 6,
    }
    assert list(pair_lines(MESSY, columns)) == [
        PairLine(4, "Helen Ashdown", "helen@x.org", "Priya Raman", "", State.MET, date(2026, 3, 1), date(2026, 3, 9)),
        PairLine(5, "Graham Pell", "", "Amy Tran", "amy@x.org", State.PAUSED, date(2026, 4, 3)),
        LineFault(6, "no_mentor"),
        LineFault(7, "no_leader"),
        LineFault(8, "unknown_state", "sort of"),
        LineFault(9, "same_person", "Owen Trevithick"),
        LineFault(10, "bad_date", "next Tuesday"),
        LineFault(12, "repeat", "4"),
        LineFault(13, "not_text"),
        LineFault(14, "no_mentor"),
    ]


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        (["Exec", "Buddy"], {"leader": 0, "mentor": 1}),
        (["Name of mentor", "Name of the executive", "Stage"], {"mentor": 0, "leader": 1, "state": 2}),
        (["mentee", "mentee email", "digital mentor", "since"], {"leader": 0, "leader_email": 1, "mentor": 2}),
        (["Mentor training done", "Leader", "Mentor"], {"leader": 1, "mentor": 2}),
        (["Unit", "Room"], {}),
    ],
)
def test_headings_are_guessed_from_their_words(headings: list[str], roles: dict[str, int]) -> None:
    found = guess_columns([headings, ["A", "B", "C", "D"]]).of_role
    assert {role: found[role] for role in roles} == roles
    assert bool(roles) or found == {}


def test_where_no_heading_is_known_the_first_line_is_shown_to_choose_by() -> None:
    guess = guess_columns([[], ["Ada", "Bo"], ["Cy", "Di"]])
    assert (guess.heading_row, guess.headings, guess.is_enough) == (2, ("Ada", "Bo"), False)
    assert not guess_columns([]).is_enough


def test_the_sheet_that_looks_most_like_pairs_is_taken() -> None:
    assert best_sheet([[["Notes"]], [["Leader", "Mentor", "State"]], [["Leader"]]]) == 1
    assert best_sheet([[["Notes"]], [["More notes"]]]) == 0


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        ("12/03/2026", True, date(2026, 3, 12)),
        ("12/03/2026", False, date(2026, 12, 3)),
        ("1.2.26", True, date(2026, 2, 1)),
        ("2026-03-12", False, date(2026, 3, 12)),
        ("2026-03-12T00:00:00", True, date(2026, 3, 12)),
        ("Thu 3rd March 2026", True, date(2026, 3, 3)),
        ("3 Mar 26", False, date(2026, 3, 3)),
        ("46093", True, date(2026, 3, 12)),
        ("31/02/2026", True, None),
        ("13/13/2026", True, None),
        ("3 Foo 2026", True, None),
        ("1066-10-14", True, None),
        ("soon", True, None),
        ("99999", True, None),
        ("", True, None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day_first: bool, day: date | None) -> None:
    assert date_in(text, day_first=day_first) == day


def test_the_day_comes_first_unless_the_column_says_otherwise() -> None:
    assert is_day_first(["3/4/2026", "5/6/2026"])
    assert is_day_first(["3/4/2026", "25/6/2026"])
    assert not is_day_first(["3/4/2026", "6/25/2026"])


@pytest.mark.parametrize(
    ("name", "address", "found"),
    [
        ("Ashdown, Helen", "", ("Helen Ashdown", "")),
        ("Helen Ashdown <H@X.org>", "", ("Helen Ashdown", "h@x.org")),
        ("h@x.org", "", ("", "h@x.org")),
        ("HELEN", "not an address", ("Helen", "")),
        ("Kim Bo", "mailto:kim@x.org", ("Kim Bo", "mailto:kim@x.org")),
    ],
)
def test_people_are_read_as_people_write_them(name: str, address: str, found: tuple[str, str]) -> None:
    assert person_in(name, address) == found


@pytest.mark.parametrize(
    ("text", "has_met", "state"),
    [
        ("In Progress", False, State.AGREED),
        ("in progress", True, State.MET),
        ("", False, State.AGREED),
        ("Paused", True, State.PAUSED),
        ("Declined", False, State.NOT_TAKEN_UP),
        ("perhaps?", False, None),
    ],
)
def test_states_are_known_by_many_words(text: str, has_met: bool, state: State | None) -> None:
    assert state_in(text, has_met=has_met) == state
