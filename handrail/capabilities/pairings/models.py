"""A leader and a mentor, when they meet, and what they write, sealed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handrail.foundation.vault.texts import SealedField

NAMES = ("leader__name", "mentor__name", "asked_by__name")
PEOPLES_FIELDS = (
    *NAMES,
    *(
        f"{side}__{field}"
        for side in ("leader", "mentor")
        for field in (
            "organisation",
            "email",
            "job_title",
            "account__email",
            "account__name",
            "account__time_zone",
        )
    ),
    "asked_by__job_title",
)
OWN_FIELDS = (
    "scheme",
    "state",
    "asked_words",
    "reason_to_go_on",
    "asked_at",
    "answers",
    "agreed_at",
    "met_at",
    "asked_how_at",
    "heard_at",
    "leader_next",
    "mentor_next",
    "closed_at",
    "conversation",
)
OPEN = ("proposed", "asked", "agreed", "paused", "changing")

SESSION_FIELDS = (
    "uid",
    "sequence",
    "starts_at",
    "minutes",
    "time_zone",
    "title",
    "meeting_link",
    "place",
    "state",
    "agreed_at",
    "changed_at",
)


class PairingQuerySet(models.QuerySet["Pairing"]):
    def open(self) -> "PairingQuerySet":
        return self.filter(state__in=OPEN)

    def known_to_the_two(self) -> "PairingQuerySet":
        """Without what a coordinator has only thought of so far."""
        return self.exclude(state=Pairing.State.PROPOSED)

    def with_somebody_gone(self) -> "PairingQuerySet":
        return self.filter(Q(leader__left_on__isnull=False) | Q(mentor__left_on__isnull=False))

    def with_people(self) -> "PairingQuerySet":
        """With what a page or a message says of the three people; every other field is read when asked for."""
        found = self.select_related("leader__account", "mentor__account", "asked_by", "scheme")
        return found.only(*OWN_FIELDS, *PEOPLES_FIELDS, "scheme__organisation", "scheme__ends_on", "scheme__ended_on")

    def with_names(self) -> "PairingQuerySet":
        """For lists: the narrower the row, the less time a page spends on it."""
        return self.select_related("leader", "mentor", "asked_by").only(*OWN_FIELDS, *NAMES)


class Pairing(models.Model):
    class State(models.TextChoices):
        """One of these never stands in the column. Met: follows from `met_at`. `rules.standing` says it."""

        PROPOSED = "proposed"
        ASKED = "asked"
        AGREED = "agreed"
        MET = "met"
        PAUSED = "paused"
        CHANGING = "changing"
        NOT_TAKEN_UP = "not_taken_up"
        CANCELLED = "cancelled"
        ENDED = "ended"
        CLOSED = "closed"

    class Next(models.TextChoices):
        """What somebody would like after this pairing."""

        ANOTHER = "another"
        STAY = "stay"
        MENTOR = "mentor"
        REST = "rest"

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="pairings")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="led_pairings")
    mentor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="mentored_pairings")
    state = models.CharField(max_length=14, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_words = models.TextField(max_length=1000, blank=True)
    reason_to_go_on = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    # What each of the two has said, while they are asked: one sealed text, so that the database tells nobody.
    answers = models.BinaryField(default=bytes, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)  # the first session that was held
    # Privately asked whether to go on; emptied with the first answer, so that nothing says whose it was.
    asked_how_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    # Shown to nobody before it has ended: the first to answer may be the one who asked for a change.
    leader_next = models.CharField(max_length=10, choices=Next.choices, blank=True)
    mentor_next = models.CharField(max_length=10, choices=Next.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    conversation = models.ForeignKey("vault.Conversation", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(leader=F("mentor")), name="leader_is_not_the_mentor"),
            models.UniqueConstraint(
                fields=["scheme", "leader", "mentor"],
                condition=Q(state__in=OPEN),
                name="one_open_pairing_of_two",
            ),
            models.CheckConstraint(condition=~Q(state="met"), name="pairing_met_is_not_stored"),
        ]


class SessionQuerySet(models.QuerySet["Session"]):
    def arranged_here(self) -> "SessionQuerySet":
        """Without what was brought along from a list: of those only the day is known, not the hour."""
        return self.filter(agreed_at__lte=F("starts_at"))

    def with_people(self) -> "SessionQuerySet":
        fields = [f"pairing__{name}" for name in (*OWN_FIELDS, *PEOPLES_FIELDS) if not name.startswith("asked_by")]
        return self.select_related("pairing__leader__account", "pairing__mentor__account").only(
            *SESSION_FIELDS, *fields
        )


class Session(models.Model):
    """One meeting of a pair, at a local time in a named zone."""

    class State(models.TextChoices):
        AGREED = "agreed"
        HELD = "held"
        MISSED = "missed"
        CANCELLED = "cancelled"

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="sessions")
    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    time_zone = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    meeting_link = models.URLField(max_length=500, blank=True)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.AGREED)
    agreed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]


class TimeOffer(models.Model):
    """A time one side (or the delegate of one side) can make; the other side picks one."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="offers")
    offered_by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    time_zone = models.CharField(max_length=64)
    offered_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["pairing", "offered_by", "starts_at"], name="offered_once")]


class CalendarSettings(models.Model):
    """How a person wants entries in their calendar to look, and their private feed."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_settings")
    title = models.CharField(max_length=120, blank=True)
    address = models.EmailField(blank=True)
    feed_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    feed_made_at = models.DateTimeField(null=True, blank=True)


class Report(models.Model):
    """Notes shown to the safeguarding contact. Who showed them, and whose they are, is in the sealed text only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    text = SealedField()
    made_on = models.DateField()
    opened = models.BooleanField(default=False)  # the contact has looked: home need not ask them any more

    class Meta:
        ordering = ["-made_on", "id"]


class Note(models.Model):
    """A note of the pair, or one that its author keeps alone. Readable only with the key of somebody it is for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    own = models.BooleanField(default=False)
    text = SealedField()
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "id"]
