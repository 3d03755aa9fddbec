"""What is said of the line between two who signed up: the same as where they are paired by hand."""

import pytest

from handrail.capabilities.schemes.matching_runs.candidates import Candidate, closeness


def candidate(number: int, *line: object, organisation: int = 7) -> Candidate:
    return Candidate(number, 1, {"line": list(line), "organisation": organisation})


@pytest.mark.parametrize(
    ("leader", "mentor", "said"),
    [
        (candidate(1, 9, "?"), candidate(2, 9, "?"), ""),  # whatever is above a manager whom both have
        (candidate(1, 9, "?"), candidate(2, 8, 9, "?"), ""),
        (candidate(1, 9, "?"), candidate(2, 8), "unknown"),
        (candidate(1, 9), candidate(2, "?"), "unknown"),
        (candidate(1, "?"), candidate(2, "?"), "unknown"),
        (candidate(1, "?"), candidate(2, 1, "?"), "near"),
        (candidate(1, 9, "?"), candidate(2, 8, organisation=6), ""),
        (candidate(1, 9, 8), candidate(2, 7), ""),
    ],
)
def test_a_line_is_doubtful_only_where_it_could_hide_one_of_the_two(
    leader: Candidate, mentor: Candidate, said: str
) -> None:
    assert closeness(leader, mentor, 2) == said
    assert closeness(mentor, leader, 2) == said
