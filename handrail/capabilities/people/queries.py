"""Reads about organisations and people."""

from django.http import HttpRequest

from handrail.capabilities.people.models import Person, Role

CHOSEN = "organisation"  # the session's word for the organisation somebody in several chose


def persons_of(request: HttpRequest) -> list[Person]:
    """The signed-in account's person in each of its organisations, with roles; one read a request."""
    if not request.user.is_authenticated:
        return []
    if not hasattr(request, "_persons"):
        persons = Person.objects.filter(account=request.user, left_on__isnull=True)
        request._persons = list(persons.select_related("organisation").prefetch_related("roles"))  # type: ignore[attr-defined]
    return request._persons  # type: ignore[attr-defined,no-any-return]


def person_of(request: HttpRequest) -> Person | None:
    """The person the signed-in account is now: in the chosen organisation, or the only one."""
    persons = persons_of(request)
    chosen = request.session.get(CHOSEN)
    return next((person for person in persons if person.organisation_id == chosen), persons[0] if persons else None)


def roles_of(request: HttpRequest) -> set[str]:
    """The roles the signed-in account holds in the organisation it is in, and `administrator` of the installation."""
    if not request.user.is_authenticated:
        return set()
    person = person_of(request)
    roles: set[str] = {role.name for role in person.roles.all()} if person else set()
    if request.user.is_administrator:
        roles.add("administrator")
    return roles


def coordinators_of(organisation_id: int) -> list[Person]:
    coordinators = Role.objects.filter(name=Role.Name.COORDINATOR, person__organisation_id=organisation_id)
    return [role.person for role in coordinators.select_related("person__account")]
