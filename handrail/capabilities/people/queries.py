"""Reads about organisations and people."""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import import_string

from handrail.capabilities.people.models import Delegate, Organisation, Person, Role, patterns_of
from handrail.foundation.comparing import plain
from handrail.foundation.prepared import prepared

SHOWN = ("name", "job_title", "unit", "email")  # in lists
FAR = 4  # the least near: a word typed stands in the middle of somebody's job, unit or address
CHOSEN = "organisation"  # the session's word for the organisation somebody in several chose


@dataclass(frozen=True)
class OrganisationAtAGlance:
    name: str
    people: int
    coordinators: tuple[tuple[int, str], ...]  # the id and the name of each


@dataclass(frozen=True)
class _Signed:
    """Who the signed-in account is: its persons by name, and the roles of each by the person's id."""

    persons: list[Person]
    roles: dict[int, set[str]]


def persons_behind(account_id: int) -> QuerySet[Person]:
    """The account's person in each organisation it has not left."""
    return Person.objects.filter(account=account_id, left_on__isnull=True).order_by()


@prepared
def _persons_with_roles(account_id: int) -> QuerySet[Person]:
    arranges = Exists(_arranged_by(OuterRef("pk")))
    persons = persons_behind(account_id).select_related("organisation")
    return persons.annotate(role_held=F("roles__name"), arranges=arranges)


def _signed(request: HttpRequest) -> _Signed:
    """One read a request: each person comes once for each role they hold."""
    if not hasattr(request, "_signed"):
        rows = _persons_with_roles(int(request.user.pk or 0))
        once = {person.pk: person for person in rows}
        roles: dict[int, set[str]] = {pk: set() for pk in once}
        for row in rows:
            roles[row.pk] |= {row.role_held} - {None}
        by_name = sorted(once.values(), key=lambda person: (person.name, person.pk))
        request._signed = _Signed(by_name, roles)  # type: ignore[attr-defined]
    return request._signed  # type: ignore[attr-defined,no-any-return]


def persons_of(request: HttpRequest) -> list[Person]:
    """The signed-in account's person in each of its organisations."""
    return _signed(request).persons if request.user.is_authenticated else []


def person_of(request: HttpRequest) -> Person | None:
    """The person the signed-in account is now: in the chosen organisation, or the only one."""
    persons = persons_of(request)
    chosen = request.session.get(CHOSEN)
    return next((person for person in persons if person.organisation_id == chosen), persons[0] if persons else None)


def person_chosen(request: HttpRequest, organisation_id: str) -> Person:
    """The signed-in account's person in this organisation; another's is not found."""
    for person in persons_of(request):
        if str(person.organisation_id) == organisation_id:
            return person
    raise Http404


def organisation_of(request: HttpRequest) -> Organisation:
    """The organisation somebody with a role works in; there is always one behind a role's guard."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person.organisation


def roles_of(request: HttpRequest) -> set[str]:
    """The roles the signed-in account holds in the organisation it is in, and `administrator` of the installation."""
    if not request.user.is_authenticated:
        return set()
    person = person_of(request)
    roles = set(_signed(request).roles[person.pk]) if person else set()
    if request.user.is_administrator:
        roles.add("administrator")
    return roles


def has_reports(person: Person) -> bool:
    return Person.objects.present().filter(manager=person).exists()


def takes_part(person: Person) -> bool:
    """Whether somebody is a leader or mentor. Pairings stand above: the settings name where they are asked."""
    ask: Callable[[int], bool] = import_string(settings.TAKES_PART)
    return ask(person.pk)


def roles_held_by(person: Person) -> set[str]:
    return set(_roles_held(person.pk))


@prepared
def _roles_held(person: int) -> "QuerySet[Role, str]":
    return Role.objects.filter(person=person).values_list("name", flat=True)


def coordinator(person_id: int) -> Person:
    """A coordinator of any organisation, for the administrator; nobody else is found."""
    found = Role.objects.filter(name=Role.Name.COORDINATOR, person=person_id).select_related("person__organisation")
    role = found.first()
    if role is None:
        raise Http404
    return role.person


def coordinators_of(organisation_id: int) -> list[Person]:
    coordinators = Role.objects.filter(name=Role.Name.COORDINATOR, person__organisation_id=organisation_id)
    return [role.person for role in coordinators.select_related("person__account")]


def words_searched(request: HttpRequest) -> str:
    """What somebody typed into a search box."""
    return as_searched(request.GET.get("q", ""))


def as_searched(typed: str) -> str:
    """Without what no name contains; PostgreSQL cannot so much as look for a NUL."""
    return "".join(character for character in typed[:100] if character.isprintable()).strip()


def page_of_people(
    organisation: Organisation, words: str, number: str | None, size: int
) -> tuple[Page[Any], list[Person]]:
    """One page of those who match, with who they are. A search passes over everybody once."""
    if not words:
        page: Page[Any] = Paginator(people_of([organisation.pk]).only(*SHOWN), size).get_page(number)
        return page, list(page)
    numbers = [number for _name, number in sorted(_names_found(organisation.pk, *patterns_of(words)))]
    page = Paginator(numbers, size).get_page(number)
    return page, list(Person.objects.filter(pk__in=list(page)).only(*SHOWN))


def people_of_name(organisation: Organisation, name: str) -> list[Person]:
    """Those present who are called just so, however capitals, accents and spaces are written."""
    called = plain(name).split()
    return [one for one in people_of([organisation.pk], name)[:100] if called and plain(one.name).split() == called]


def people_present() -> QuerySet[Person]:
    """Who has not left, in every organisation: to be narrowed down."""
    return Person.objects.present()


def people_matching(organisation: Organisation, words: str) -> QuerySet[Person]:
    """The organisation's people, each word of the search found in name, job, unit or address."""
    return people_of([organisation.pk], words)


def people_of(organisation_ids: list[int], words: str = "") -> QuerySet[Person]:
    """People of these organisations in whose name, job, unit or address each word stands."""
    return people_like(*as_values(organisation_ids, words))


def as_values(organisation_ids: list[int], words: str) -> list[int | str]:
    """The same search as the values of a prepared read: organisations' ids, then a pattern for each word."""
    return [*organisation_ids, *patterns_of(words)]


def people_like(*asked: int | str) -> QuerySet[Person]:
    """The people of such a search: what prepared reads are made of."""
    within = Person.objects.present().filter(organisation__in=[one for one in asked if isinstance(one, int)])
    return within.like(*(one for one in asked if isinstance(one, str)))


@prepared
def _names_found(*asked: int | str) -> "QuerySet[Person, tuple[str, int]]":
    return people_like(*asked).order_by().values_list("name", "pk")


@prepared
def _all_found(*asked: int | str) -> "QuerySet[Person, tuple[str, str, int]]":
    return people_like(*asked).order_by().values_list("searched", "name", "pk")


def people_to_choose(organisation_ids: list[int], words: str, number: int, without: int | None = None) -> list[Person]:
    """The first few people of these organisations in whose name, job, unit or address each word stands.

    First those with a name that begins so, then those with another name that does, then other words, then names with
    it in their middle. Another word with it in its middle counts only where there is nothing nearer.
    """
    typed = plain(words).split()
    if not typed:
        return list(people_of(organisation_ids).exclude(pk=without or 0)[:number])
    matching = _all_found(*organisation_ids, *patterns_of(words))
    nearness = ((_nearness(typed[0], searched, name), name, pk) for searched, name, pk in matching if pk != without)
    nearest = nsmallest(number, nearness)
    if nearest and nearest[0][0] < FAR:
        nearest = [one for one in nearest if one[0] < FAR]
    people = Person.objects.in_bulk([pk for _near, _name, pk in nearest])
    return [people[pk] for _near, _name, pk in nearest if pk in people]


def _nearness(word: str, searched: str, name: str) -> int:
    """How near somebody is to a word typed: 0 is nearest."""
    if searched.startswith(f" {word}"):
        return 0
    names = searched[: len(plain(name)) + 1]
    if f" {word}" in names or f"-{word}" in names:
        return 1
    if f" {word}" in searched:
        return 2
    return 3 if word in names else FAR


def number_of_people(organisation: Organisation) -> int:
    return next(iter(_counted(organisation.pk)), 0)


@prepared
def _counted(organisation: int) -> "QuerySet[Person, int]":
    present = Person.objects.present().filter(organisation=organisation).order_by()
    return present.values("organisation").annotate(number=Count("pk")).values_list("number", flat=True)


def number_of_organisations() -> int:
    return Organisation.objects.count()


def letter_address() -> str:
    """The short address on a printed letter, without what nobody types."""
    whole = settings.BASE_URL + reverse("letter_sign_in")
    return whole.removeprefix("https://").removeprefix("http://").removesuffix("/")


def present_person(person_id: int) -> Person | None:
    """Anybody who is still there, of whichever organisation: the caller has to look at that."""
    return next(iter(_present(person_id)), None)


@prepared
def _present(person_id: int) -> QuerySet[Person]:
    return Person.objects.present().filter(pk=person_id)


def person_in(organisation: Organisation, person_id: int) -> Person:
    """One person of this organisation; anybody else's is not found."""
    people = Person.objects.select_related("manager", "account", "organisation").prefetch_related("roles")
    return get_object_or_404(people, organisation=organisation, pk=person_id)


def me(request: HttpRequest) -> Person:
    """The person the signed-in account is now; an account in no organisation has no such pages."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person


def delegate_of(person: Person, delegate_id: int) -> Delegate:
    """One of this person's delegates; anybody else's is not found."""
    delegate = Delegate.objects.filter(person=person, pk=delegate_id).select_related("person").first()
    if delegate is None:
        raise Http404
    return delegate


def names_arranged_by(request: HttpRequest) -> list[str]:
    """Whose times the signed-in person arranges; asked only where there is somebody."""
    persons: list[Any] = persons_of(request)
    return sorted(name for person in persons if person.arranges for name in _names_arranged_by(person.pk))


@prepared
def _names_arranged_by(person_id: int) -> "QuerySet[Delegate, str]":
    return _arranged_by(person_id).values_list("person__name", flat=True)


def _arranged_by(person: Any) -> "QuerySet[Delegate]":
    return Delegate.objects.filter(delegate=person, person__left_on__isnull=True)


def delegates_of(person: Person) -> list[Delegate]:
    return list(Delegate.objects.filter(person=person).select_related("delegate"))


def every_organisation() -> list[Organisation]:
    return list(Organisation.objects.all())


def organisations_overview() -> list[OrganisationAtAGlance]:
    """Every organisation with how many people it lists and who coordinates it."""
    found: dict[int, list[tuple[int, str]]] = {}
    coordinators = Role.objects.filter(name=Role.Name.COORDINATOR).select_related("person")
    for role in coordinators.order_by("person__name"):
        found.setdefault(role.person.organisation_id, []).append((role.person_id, role.person.name))
    counted = Organisation.objects.annotate(number_of_people=Count("people"))
    return [OrganisationAtAGlance(one.name, one.number_of_people, tuple(found.get(one.pk, ()))) for one in counted]


def people_called(words: list[str], most: int) -> list[int]:
    """The ids of people of any organisation in whose name each word stands; also of those who have left."""
    rows = _all_called(*patterns_of(" ".join(words)))
    called = [plain(word) for word in words]
    return sorted(pk for pk, name in rows if all(word in plain(name) for word in called))[:most]


@prepared
def _all_called(*patterns: str) -> "QuerySet[Person, tuple[int, str]]":
    return Person.objects.like(*patterns).order_by().values_list("pk", "name")


def names_of_people(person_ids: list[int]) -> dict[int, list[str]]:
    return {pk: [name] for pk, name in Person.objects.filter(pk__in=person_ids).order_by().values_list("pk", "name")}


def names_of_organisations(organisation_ids: list[int]) -> dict[int, list[str]]:
    found = Organisation.objects.filter(pk__in=organisation_ids).order_by().values_list("pk", "name")
    return {pk: [name] for pk, name in found}


def people_to_match(organisation_id: int) -> list[Person]:
    """Everybody of an organisation with name and address, to find them in another system's file."""
    return list(Person.objects.filter(organisation=organisation_id).order_by("pk").only("name", "email"))


def people_and_units(organisation_id: int) -> dict[int, tuple[str, str]]:
    """By person: name and unit."""
    rows = Person.objects.filter(organisation=organisation_id).values_list("pk", "name", "unit")
    return {pk: (name, unit) for pk, name, unit in rows}


def units_in(organisation_id: int) -> list[str]:
    """The units that its people are in, by name."""
    return _units(organisation_id)


@prepared
def _units(organisation: int) -> "QuerySet[Person, str]":
    units = Person.objects.filter(organisation=organisation).exclude(unit="").order_by("unit")
    return units.values_list("unit", flat=True).distinct()


def present_people_and_units(organisation_id: int) -> dict[int, str]:
    """By person who is there: the unit."""
    present = Person.objects.present().filter(organisation=organisation_id)
    return dict(present.order_by("pk").values_list("pk", "unit"))
