"""Invented people of a large organisation: the same every time, in reporting lines of one width."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

GIVEN = [
    "Ada",
    "Bo",
    "Cerys",
    "Dafydd",
    "Eve",
    "Farah",
    "Gwen",
    "Hari",
    "Ines",
    "Jaya",
    "Kofi",
    "Lena",
    "Mei",
    "Nia",
    "Osian",
    "Priya",
    "Rosa",
    "Tamsin",
    "Una",
    "Zoë",
]
FAMILY = [
    "Bevan",
    "Cole",
    "Diaz",
    "Evans",
    "Farrell",
    "Griffiths",
    "Hughes",
    "Ito",
    "Jenkins",
    "Kaur",
    "Lloyd",
    "Morgan",
    "Owen",
    "Patel",
    "Rees",
    "Sato",
    "Xu",
]
UNITS = [f"{place} {work}" for place in ("North", "East", "South", "West") for work in ("Care", "Roads", "Schools")]
JOBS = ["Deputy director", "Head of service", "Team leader", "Senior adviser", "Programme manager", "Registrar"]


@dataclass(frozen=True)
class InventedPerson:
    number: int
    name: str
    email: str
    job_title: str
    unit: str
    manager: int | None  # their number; the first reports to nobody


def invented_people(count: int, *, reports: int = 10) -> Iterator[InventedPerson]:
    choose = random.Random(20)
    for number in range(count):
        yield InventedPerson(
            number,
            f"{choose.choice(GIVEN)} {choose.choice(FAMILY)}",
            f"person{number}@large.example.org",
            choose.choice(JOBS),
            choose.choice(UNITS),
            (number - 1) // reports if number else None,
        )
