"""Organisations, the people in them, and the roles they hold."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from handrail.foundation.comparing import plain

SEARCHED_LETTERS = 300  # no longer than an index holds


def words_searched(name: str, unit: str, email: str, job_title: str) -> str:
    """What a search for a person looks in, each word after a space."""
    return plain(f" {name} {unit} {email} {job_title}")[:SEARCHED_LETTERS]


class SearchedField(models.TextField[str, str]):
    """Follows from the person's other fields whenever they are saved. A bulk write has to say it itself."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        person: Any = model_instance
        person.searched = words_searched(person.name, person.unit, person.email, person.job_title)
        return str(person.searched)


@SearchedField.register_lookup
class Like(models.Lookup[str]):
    """Holds for a pattern of SQL as it is: the value is not changed on its way, so that a prepared read may take it."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return rf"{left} LIKE {right} ESCAPE '\'", (*left_params, *right_params)


def patterns_of(words: str) -> list[str]:
    """One for each word searched for, wherever it stands in what is searched."""
    escaped = plain(words).translate({ord(letter): rf"\{letter}" for letter in r"\%_"})
    return [f"%{word}%" for word in escaped.split()[:6]]


class Organisation(models.Model):
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def found_by(self, words: str) -> "PersonQuerySet":
        """Those in whose name, unit, address or job each word stands."""
        return self.like(*patterns_of(words))

    def like(self, *patterns: str) -> "PersonQuerySet":
        found = self
        for pattern in patterns:
            found = found.filter(searched__like=pattern)
        return found

    def present(self) -> "PersonQuerySet":
        return self.filter(left_on__isnull=True)


class Person(models.Model):
    """Somebody in one organisation. Has an account once they were asked to take part."""

    class Line(models.TextChoices):
        KNOWN = "known"  # `manager` is right, or empty because nobody stands above
        UNKNOWN = "unknown"  # the file did not say: never taken as "allowed"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    job_title = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    line = models.CharField(max_length=10, choices=Line.choices, default=Line.UNKNOWN)
    source = models.CharField(max_length=40, blank=True)  # which kind of file, or "" when added by hand
    source_id = models.CharField(max_length=120, blank=True)
    left_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    searched = SearchedField(default="", editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(F("organisation"), Lower("email"), name="person_by_email"),
            models.Index(fields=["organisation", "name"]),
            # Counting everybody present is a walk along this index, not through the table.
            models.Index(
                fields=["organisation", "name", "id"], condition=Q(left_on__isnull=True), name="person_present"
            ),
            # A search is a walk along this one, in the order in which people are shown.
            models.Index(fields=["organisation", "left_on", "searched", "name", "id"], name="person_searched"),
            # The names of all units are read from this one alone.
            models.Index(fields=["organisation", "unit"], name="person_by_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "source_id"], condition=~Q(source_id=""), name="person_source_once"
            ),
            models.UniqueConstraint(fields=["organisation", "account"], name="one_person_per_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A role in an organisation's running of its schemes. Leader and mentor are not roles but sides of a pairing."""

    class Name(models.TextChoices):
        COORDINATOR = "coordinator"
        SPONSOR = "sponsor"
        EDITOR = "editor"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=Name.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="role_once")]


class Delegate(models.Model):
    """Somebody who may arrange a person's times and nothing more."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegates")
    delegate = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="arranges_for")
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "delegate"], name="delegate_once"),
            models.CheckConstraint(condition=~Q(person=F("delegate")), name="delegate_is_somebody_else"),
        ]
