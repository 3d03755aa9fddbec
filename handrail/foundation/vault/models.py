"""Keys and who holds them. Everything here is ciphertext, public, or says only that something exists."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class KeyPair(models.Model):
    """A person's public key. A second generation begins when everything that opened the first is lost."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="key_pairs")
    generation = models.PositiveSmallIntegerField(default=1)
    public_key = models.BinaryField()
    mac = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["account", "generation"]
        constraints = [models.UniqueConstraint(fields=["account", "generation"], name="key_pair_generation_once")]


class Wrapping(models.Model):
    """The secret key, sealed for one thing the person holds together with their server share."""

    class Kind(models.TextChoices):
        DEVICE = "device"
        PHRASE = "phrase"
        RECOVERY = "recovery"
        PASSKEY = "passkey"
        CUSTODY = "custody"  # opened with what two of three custodians give back
        DEMO = "demo"  # opens itself; looked at in the demo only

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="wrappings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sealed = models.BinaryField()
    salt = models.BinaryField(default=b"")
    credential = models.CharField(max_length=1400, blank=True)  # which passkey, in base64url
    label = models.CharField(max_length=80, blank=True)  # how a device or passkey is listed
    temporary = models.BooleanField(default=False)  # "not my device"
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["-used_on", "-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["key_pair", "kind"],
                condition=Q(kind__in=["phrase", "recovery", "custody", "demo"]),
                name="one_wrapping_of_a_kind",
            )
        ]


class Conversation(models.Model):
    """What some participants may read together, or one person alone (`owner`)."""

    subject = models.CharField(max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "subject"], name="own_conversation_once")]


class Participant(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "account"], name="participant_once")]


class Epoch(models.Model):
    """A time in a conversation during which the participants stayed the same; `mac` vouches for who they are."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="epochs")
    number = models.PositiveIntegerField()
    mac = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["conversation", "number"]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="epoch_once")]


class EpochKey(models.Model):
    """An epoch's key in a box that only one key pair opens."""

    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="keys")
    holder = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="epoch_keys")
    sealed = models.BinaryField()
    mac = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "holder"], name="epoch_key_once")]


class CustodyShare(models.Model):
    """One of three shares of what opens a person's key, in a box that one custodian's key opens."""

    key_pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="custody_shares")
    holder = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="held_custody_shares")
    organisation_id = models.BigIntegerField(db_index=True)  # whose custodians they are
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    mac = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["key_pair", "number"], name="custody_share_once")]


class CustodyRequest(models.Model):
    """Somebody asks the custodians. The request's own secret key is sealed for the browser that asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_pair = models.OneToOneField(KeyPair, on_delete=models.CASCADE, related_name="custody_request")
    public_key = models.BinaryField()
    mac = models.BinaryField()
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class CustodyAnswer(models.Model):
    """A custodian helped: their share, sealed to the request's key."""

    request = models.ForeignKey(CustodyRequest, on_delete=models.CASCADE, related_name="answers")
    share = models.ForeignKey(CustodyShare, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    mac = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        constraints = [models.UniqueConstraint(fields=["request", "share"], name="custody_answer_once")]


class CarriedForm(models.Model):
    """A form that outlived its session; its key is in the sender's cookie and nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)


class Erasure(models.Model):
    """An erasure that was committed here; `finished` once the key store has it too. Holds a number and a time only."""

    account_id = models.BigIntegerField()
    erased_at = models.DateTimeField()
    finished = models.BooleanField(default=False, db_index=True)
