"""Time zones to choose from."""

from zoneinfo import ZoneInfo

import pytest

from handrail.formats.calendars import place_and_region, place_of, zones_to_choose


@pytest.mark.parametrize(
    ("zone", "place", "both"),
    [
        ("Europe/London", "London", "London, Europe"),
        ("America/New_York", "New York", "New York, America"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires, Argentina, America"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_place(zone: str, place: str, both: str) -> None:
    assert (place_of(zone), place_and_region(zone)) == (place, both)


@pytest.mark.parametrize(
    ("own", "next_ones"),
    [
        ("Europe/London", ["Europe/Dublin", "Europe/Lisbon", "Europe/Paris"]),
        ("Pacific/Auckland", ["Australia/Sydney", "Asia/Tokyo"]),
        ("Asia/Kathmandu", ["Asia/Kolkata", "Asia/Dhaka"]),
    ],
)
def test_the_own_one_comes_first_and_near_ones_next(own: str, next_ones: list[str]) -> None:
    zones = [zone for zone, _words in zones_to_choose(own)]
    assert zones[: len(next_ones) + 1] == [own, *next_ones]


def test_each_is_there_once_and_is_a_place_with_a_clock() -> None:
    listed = zones_to_choose("Europe/London")
    zones = [zone for zone, _words in listed]
    assert len(zones) == len(set(zones)) > 300
    for odd in ("GB", "EST5EDT", "Etc/GMT+5", "Zulu", "US/Pacific"):
        assert odd not in zones
    assert all(ZoneInfo(zone) for zone in zones)
    words = [words for _zone, words in listed]
    assert words[40:] == sorted(words[40:])
