"""A prepared read gives what the plain queryset gives, whatever its values."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import F, Q, QuerySet

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.people.models import Organisation, Person
from handrail.foundation.keystore.models import ServerShare
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.models import KeyPair, Wrapping

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def people_named(organisation: int, name: str) -> QuerySet[Person]:
    people = Person.objects.filter(organisation=organisation, name=name).select_related("organisation", "account")
    return people.annotate(address=F("account__email")).order_by("pk")


def two_organisations() -> list[Organisation]:
    organisations = [Organisation.objects.create(name=name) for name in ("North", "South")]
    account = Account.objects.create_account(name="Ann", email="ann@example.org")
    for organisation in organisations:
        Person.objects.create(organisation=organisation, name="Ann", account=account)
        Person.objects.create(organisation=organisation, name="%s O'Neil")
    return organisations


def test_gives_the_rows_of_each_call_with_what_belongs_to_them() -> None:
    organisations = two_organisations()
    read = prepared(people_named)
    for organisation in organisations:
        for name in ("Ann", "%s O'Neil", "nobody", ""):
            expected = list(people_named(organisation.pk, name))
            found = read(organisation.pk, name)
            assert found == expected
            assert [(one.organisation.name, one.address) for one in found] == [
                (one.organisation.name, one.address)  # type: ignore[attr-defined]
                for one in expected
            ]


@pytest.mark.django_db(databases=["default", "keystore"])
def test_takes_a_number_of_a_big_column() -> None:
    """PostgreSQL's driver has a type of its own for these: no private space opened with the key store there."""
    ServerShare.objects.create(account_id=2**40, share=b"x")

    def shares(account_id: int) -> QuerySet[ServerShare]:
        return ServerShare.objects.filter(account_id=account_id)

    read = prepared(shares)
    assert [one.share for one in read(2**40)] == [b"x"]
    assert read(2**40 + 1) == read(7) == []
    assert read(2**70) == read(-(2**70)) == []


def test_asks_the_database_once(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    organisation = two_organisations()[0]
    read = prepared(people_named)
    read(organisation.pk, "Ann")
    with django_assert_num_queries(1):
        assert read(organisation.pk, "Ann")[0].organisation.name == "North"


def test_sees_what_was_written_since() -> None:
    organisation = two_organisations()[0]
    read = prepared(people_named)
    assert len(read(organisation.pk, "Ann")) == 1
    Person.objects.create(organisation=organisation, name="Ann")
    assert len(read(organisation.pk, "Ann")) == 2


def test_takes_ids_and_times_of_either_database() -> None:
    account = Account.objects.create_account(name="Ann")
    pair = KeyPair.objects.create(account=account, public_key=b"k" * 32, mac=b"m" * 32, made_at=datetime.now(UTC))
    ends = datetime(2026, 5, 1, 12, 30, 0, 250_000, tzinfo=UTC)
    wrapping = Wrapping.objects.create(
        id=uuid4(),
        key_pair=pair,
        kind=Wrapping.Kind.DEVICE,
        sealed=b"s",
        made_at=ends,
        used_on=date(2026, 4, 1),
        expires_at=ends,
    )

    @prepared
    def read(device: UUID, now: datetime, day: date) -> QuerySet[Wrapping]:
        return Wrapping.objects.filter(pk=device, expires_at__gte=now, used_on=day)

    assert read(wrapping.pk, ends, date(2026, 4, 1)) == [wrapping]
    assert read(wrapping.pk, ends.replace(microsecond=250_001), date(2026, 4, 1)) == []
    assert read(wrapping.pk, ends, date(2026, 4, 2)) == []
    assert read(uuid4(), ends, date(2026, 4, 1)) == []


def test_takes_lists_of_any_length() -> None:
    organisation, other = two_organisations()
    people = [Person.objects.create(organisation=organisation, name=f"Person {number}") for number in range(5)]
    elsewhere = Person.objects.create(organisation=other, name="Somebody else")

    def either(ids: list[int], names: list[str], organisation: int) -> QuerySet[Person]:
        chosen = Q(pk__in=ids) | Q(name__in=names)
        return Person.objects.filter(chosen, organisation=organisation).order_by("pk")

    read = prepared(either)
    for number in range(6):
        ids = [one.pk for one in (*people[:number], elsewhere)]
        for names in ([], ["Ann"], ["Ann", "%s O'Neil", "nobody"]):
            assert read(ids, names, organisation.pk) == list(either(ids, names, organisation.pk))
    assert read([], ["Ann"], other.pk) == list(either([], ["Ann"], other.pk)) != []
    assert read([], [], organisation.pk) == []


def test_a_list_is_compiled_once_for_lengths_that_are_alike() -> None:
    built: list[int] = []

    @prepared
    def called(ids: list[int]) -> QuerySet[Person]:
        built.append(len(ids))
        return Person.objects.filter(pk__in=ids)

    for number in (0, 1, 2, 3, 4, 3, 5, 8, 0):
        called(list(range(number)))
    assert built == [0, 1, 2, 4, 8]


def test_no_rows_for_another_reason_than_an_empty_list_is_a_fault() -> None:
    @prepared
    def nobody(name: str) -> QuerySet[Person]:
        return Person.objects.filter(name=name, pk__in=[])

    with pytest.raises(EmptyResultSet):
        nobody("Ann")


def test_values_that_do_not_go_in_as_they_are_are_refused() -> None:
    @prepared
    def containing(words: str) -> QuerySet[Person]:
        return Person.objects.filter(name__icontains=words)

    @prepared
    def by_line(known: object) -> QuerySet[Person]:
        return Person.objects.filter(line=known)

    @prepared
    def with_roles(person: int) -> QuerySet[Person]:
        return Person.objects.filter(pk=person).prefetch_related("roles")

    with pytest.raises(TypeError, match="value 1 does not go into the SQL as it is"):
        containing("ann")
    with pytest.raises(TypeError, match="takes no NoneType"):
        by_line(None)
    with pytest.raises(TypeError, match="does not prefetch"):
        with_roles(1)
