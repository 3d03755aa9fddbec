"""Days, sums and alternatives in a text: quoted as they stand there, worked out by plain rules, never made up."""

from datetime import date, timedelta

import pytest

from handrail.capabilities.starting_point.decisions.facts import LONGEST, OF_EACH, Facts, facts_from, facts_in
from tests.nasty import KINDS

TODAY = date(2026, 11, 28)  # a Saturday


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("It goes to the board by 12 March.", "by 12 March", date(2027, 3, 12)),
        ("Board on Monday 1 December: budget", "on Monday 1 December", date(2026, 12, 1)),
        ("The 3rd of April, at noon", "The 3rd of April", date(2027, 4, 3)),
        ("Before March 12, 2028, please", "Before March 12, 2028", date(2028, 3, 12)),
        ("due 2027-01-05", "due 2027-01-05", date(2027, 1, 5)),
        ("le 03/12/2026", "03/12/2026", date(2026, 12, 3)),
        ("until 5.6.27 only", "until 5.6.27", date(2027, 6, 5)),
        ("cabinet on Thursday", "on Thursday", date(2026, 12, 3)),
        ("by Saturday", "by Saturday", TODAY + timedelta(days=7)),
        ("a vote by tomorrow", "by tomorrow", date(2026, 11, 29)),
        ("avant le 12 mars", "avant le 12 mars", date(2027, 3, 12)),
        ("réponse d’ici vendredi", "d’ici vendredi", date(2026, 12, 4)),
        ("jeudi prochain", "jeudi prochain", date(2026, 12, 3)),
        ("today, 28 November", "28 November", TODAY),
    ],
)
def test_a_day_is_found_and_worked_out(text: str, words: str, on: date) -> None:
    (found,) = facts_in(text, TODAY).days
    assert (found.words, found.on) == (words, on)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("Supplier says 40% channel shift.", ("40% channel shift",)),
        ("Satisfaction rose by 12 per cent in May, or 3.5%", ("12 per cent", "3.5%")),
        ("une baisse de 20 % des appels d’ici mars", ("20 % des appels",)),
        ("Save 30% on the current contract and more", ("30%",)),
        ("100,000 people, version 2.40, £40", ()),
    ],
)
def test_a_share_is_found_with_what_it_is_a_share_of(text: str, shares: tuple[str, ...]) -> None:
    assert facts_in(text, TODAY).shares == shares


@pytest.mark.parametrize(
    "text",
    [
        "In March 2019 we began; 12 March 2019 was the day.",
        "31/02/2027 and 2027-13-40 and 45 June",
        "We may 5 times ask. March 3,000 people.",
        "The Thursday team, on Thursdays",
        "version 1.2.3",
        "29 February",
    ],
)
def test_what_is_no_day_to_come_is_left_out(text: str) -> None:
    assert facts_in(text, TODAY).days == ()


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("It costs £240,000.", ("£240,000",)),
        ("£1.2m a year, or € 30 000", ("£1.2m a year", "€ 30 000")),
        ("240 000 € par an", ("240 000 € par an",)),
        ("12 million pounds; $5", ("12 million pounds", "$5")),
        ("£500 then £500 again", ("£500",)),
        ("£1, £2 and £3", ("£1", "£2")),
        ("12 people, 3,000 homes, 5%", ()),
    ],
)
def test_sums_are_quoted_as_they_stand(text: str, sums: tuple[str, ...]) -> None:
    assert facts_in(text, TODAY).sums == sums


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        (
            "Should we buy a new booking system or mend the old one by 12 March, for £240,000?",
            "buy a new booking system or mend the old one",
        ),
        ("New system or mend the old one, by Thursday", "New system or mend the old one"),
        (
            "Long before. We decide whether to extend the contract with Acme or go out to tender. The board sits.",
            "extend the contract with Acme or go out to tender",
        ),
        (
            "Faut-il acheter un logiciel ou réparer l’ancien avant le 12 mars ?",
            "acheter un logiciel ou réparer l’ancien",
        ),
        (
            "Close the museum shop or keep it open on Saturdays until the lease ends one day",
            "Close the museum shop or keep it open on Saturdays until the lease ends one…",
        ),
        (
            "one two three four five six seven eight nine ten eleven twelve or ten",
            "…three four five six seven eight nine ten eleven twelve or ten",
        ),
        ("Shall we buy it or wait, by 12 March? It costs £2.", "buy it or wait"),
        ("Paper. Shall the board share or sell the hall for £2m?", "share or sell the hall"),
    ],
)
def test_a_choice_is_quoted(text: str, choice: str) -> None:
    assert facts_in(text, TODAY).choices == (choice,)


@pytest.mark.parametrize(
    "text",
    [
        "Staff or tenants may complain. We know that.",
        "Approve or not?",
        "Two or three years?",
        "Should we or",
        "or so?",
        "x" * 60 + " or " + "y" * 60 + "?",
    ],
)
def test_two_things_are_no_choice_unless_the_text_offers_one(text: str) -> None:
    assert facts_in(text, TODAY).choices == ()


def test_no_text_is_too_nasty_and_what_is_kept_stays_small() -> None:
    for text in [
        *(one for kind in KINDS.values() for one in kind),
        *(piece * 4_000 for piece in ("£1,", "or ", "by the ", "should we ", "1 000", "whether ")),
    ]:
        found = facts_in(text, TODAY)
        assert len(found.days) <= OF_EACH
        assert all(len(one) <= LONGEST for one in (*found.choices, *found.sums, *(day.words for day in found.days)))
        assert facts_from(found.as_kept()) == found
    assert facts_from({}) == Facts()


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("We must choose between Orion and Fairline, £1m a year.", "Orion and Fairline"),
        (
            "The choice is between staying with Orion and moving to Fairline by 1 March",
            "staying with Orion and moving to Fairline",
        ),
        ("Two suppliers are left: Orion and Fairline. It is for the board.", "Orion and Fairline"),
        ("Two bids (Orion or Fairline) came in. We need one.", "Orion or Fairline"),
        ("Il faut choisir entre Orion et Fairline avant le 3 mars", "Orion et Fairline"),
    ],
)
def test_both_suppliers_are_named(text: str, choice: str) -> None:
    assert facts_in(text, TODAY).choices == (choice,)


@pytest.mark.parametrize(
    "text",
    [
        "Relations between staff and managers are good. We decide on pay.",
        "We decide between January and March",
        "We decide between 1 March and 2 April",
        "The offers: none so far. Orion and Fairline wait.",
    ],
)
def test_not_everything_between_is_a_choice(text: str) -> None:
    assert facts_in(text, TODAY).choices == ()
