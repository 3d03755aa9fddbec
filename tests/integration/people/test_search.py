"""A search finds people by the beginning or middle of any of their words, with or without accents."""

import pytest

from handrail.capabilities.people import queries
from handrail.capabilities.people.actions import add_person
from handrail.capabilities.people.models import Organisation, Person, words_searched

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def organisation() -> Organisation:
    made = Organisation.objects.create(name="Northway")
    for name, unit, email, job in (
        ("Éva Szabó", "Care", "eva@northway.example", "Nurse"),
        ("Priya Shah", "Adult care", "priya@northway.example", "Head of service"),
        ("Pat 50% O'Neil", "Roads_and_parks", "", "Mower"),
    ):
        add_person(by=None, organisation=made, name=name, unit=unit, email=email, job_title=job)
    return made


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("eva", ["Éva Szabó"]),
        ("ÉVA szabo", ["Éva Szabó"]),
        ("care", ["Priya Shah", "Éva Szabó"]),
        ("care priya", ["Priya Shah"]),
        ("northway.example head", ["Priya Shah"]),
        ("50%", ["Pat 50% O'Neil"]),
        ("s_a", ["Pat 50% O'Neil"]),
        ("o'neil", ["Pat 50% O'Neil"]),
        ("%", ["Pat 50% O'Neil"]),
        ("nobody", []),
    ],
)
def test_every_word_has_to_be_found(organisation: Organisation, words: str, expected: list[str]) -> None:
    page, found = queries.page_of_people(organisation, words, None, 25)
    assert sorted(person.name for person in found) == expected
    assert page.paginator.count == len(expected)


def test_what_is_searched_follows_a_change(organisation: Organisation) -> None:
    person = Person.objects.get(name="Éva Szabó")
    person.name = "Éva Kovács"
    person.save()
    assert queries.page_of_people(organisation, "kovacs", None, 25)[1] == [person]
    assert queries.page_of_people(organisation, "szabo", None, 25)[1] == []


def test_what_is_searched_is_no_longer_than_an_index_holds() -> None:
    assert len(words_searched("n" * 200, "u" * 200, "e" * 200, "j" * 300)) == 300
    assert len(words_searched("ﷺ" * 200, "", "", "")) == 300  # one letter that compares as eighteen


def test_to_choose_a_person_the_middle_of_another_word_counts_only_alone(organisation: Organisation) -> None:
    for name, unit in (("Mina Shepherd", "Housing"), ("Cy Bell", "Criminal Investigation"), ("Jamina Ek", "Care")):
        add_person(by=None, organisation=organisation, name=name, unit=unit)

    def found(words: str) -> list[str]:
        return [person.name for person in queries.people_to_choose([organisation.pk], words, 9)]

    assert found("mina") == ["Mina Shepherd", "Jamina Ek"]
    assert found("nvestig") == ["Cy Bell"], "where nothing is nearer"
    mina = Person.objects.get(name="Mina Shepherd")
    assert queries.people_to_choose([organisation.pk], "mina", 9, mina.pk) == [Person.objects.get(name="Jamina Ek")]
