"""What an organisation gathered of its conversations: who is which number, what was loaded, what came of it.

The acts themselves lie in Parquet files under the data folder (`log_files`), with people as numbers. Here is the index.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from handrail.foundation.vault.texts.columns import SealedField


class Gathered(models.Model):
    """One organisation's log of acts: where numbering stands, from which day it is kept, when it was last measured."""

    organisation = models.OneToOneField("people.Organisation", on_delete=models.CASCADE, related_name="gathered")
    next_number = models.PositiveIntegerField(default=0)  # never given twice, whoever is forgotten
    kept_from = models.DateField(null=True)  # earlier acts were deleted, and are left out of later exports
    measured_at = models.DateTimeField(null=True)
    acts = models.PositiveBigIntegerField(default=0)  # in the files, when it was last measured


class ExportLoad(models.Model):
    """One export that somebody brought, how far reading it is, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting"  # received, or taken up again; not read yet
        READING = "reading"
        FILING = "filing"  # read; being put into the months
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"  # by somebody; the file waits to be taken up again
        PUT_ASIDE = "put_aside"

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="export_loads")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stopped_because = models.CharField(max_length=400, blank=True)

    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=60, blank=True)  # in the data folder; empty once it was deleted
    format = models.CharField(max_length=40, blank=True)

    bytes_done = models.PositiveBigIntegerField(default=0)
    bytes_total = models.PositiveBigIntegerField(default=0)
    months_done = models.PositiveIntegerField(default=0)
    months_total = models.PositiveIntegerField(default=0)

    records = models.PositiveBigIntegerField(default=0)
    found = models.JSONField(default=dict)  # what was read and left out, by its kind: counts and reasons, no words
    acts = models.PositiveBigIntegerField(default=0)  # that the export holds
    added = models.PositiveBigIntegerField(default=0)  # of them, those that were not there before
    people = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]


class Voice(models.Model):
    """Somebody in an export, by number: a member, or nobody we know. Holds no name and no address of theirs."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="voices")
    number = models.PositiveIntegerField()
    mark = models.CharField(max_length=32)  # one-way, under a key: the same person in the next export of that system
    address_mark = models.CharField(max_length=32, blank=True)  # the same of the e-mail address, if there was one
    person = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    outside = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="voice_number_once"),
            models.UniqueConstraint(fields=["organisation", "mark"], name="voice_mark_once"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "address_mark"], condition=~Q(address_mark=""), name="voice_by_address"
            )
        ]


class Suggestion(models.Model):
    """Somebody in an export may be this member; a person decides. What the export calls them goes with the answer."""

    voice = models.OneToOneField(Voice, on_delete=models.CASCADE, related_name="suggestion")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    called = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["called", "id"]


class Channel(models.Model):
    """Where people talk, by number."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="channels")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="channel_number_once"),
            models.UniqueConstraint(fields=["organisation", "name"], name="channel_name_once"),
        ]


class Concern(models.Model):
    """Where one of a scheme's outcomes is talked of, and whom it is for."""

    outcome = models.OneToOneField("set_up.Outcome", on_delete=models.CASCADE, related_name="+")
    topics = models.CharField(max_length=300, blank=True)  # words, with commas: a channel with one in its name counts
    channels = models.ManyToManyField(Channel, blank=True, related_name="+")
    units = models.JSONField(default=list)  # the audience inside
    outside = models.BooleanField(default=False)  # the audience is (also) people outside


class Picture(models.Model):
    """What one person's conversations came to. Made because they asked, sealed so that only they read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", null=True, on_delete=models.CASCADE, related_name="+")
    sheet = SealedField()
    asked_on = models.DateField()
    made_on = models.DateField(null=True)


class SharedPicture(models.Model):
    """What a leader chose to show their mentor of it, as it stood then, sealed for the two."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pairing = models.OneToOneField("pairings.Pairing", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    sheet = SealedField()
    shared_on = models.DateField()


class Wave(models.Model):
    """A named period. A coordinator closes it once, and then its figures are released, once."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="waves")
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-ends_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="wave_name_once")]


class Release(models.Model):
    """The figures of a closed wave, as they left the gate. What sponsors see is made of this and of nothing else."""

    wave = models.OneToOneField(Wave, on_delete=models.CASCADE, related_name="release")
    released_at = models.DateTimeField()
    content = models.JSONField()


class Counted(models.Model):
    """Who stood in which group of a release. The gate needs it to see what a later one would give away."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="counted")
    group = models.PositiveSmallIntegerField()  # its place in the release
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "person"], name="counted_once")]
