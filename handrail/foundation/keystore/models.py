"""The separate key store: what the database file alone must not hold."""

from django.db import models


class ServerShare(models.Model):
    """One person's share; without it no wrapping of their key opens. Deleting it is erasure."""

    account_id = models.BigIntegerField(primary_key=True)
    share = models.BinaryField()


class NamedKey(models.Model):
    """A key of the installation, such as the one that vouches for public keys."""

    name = models.CharField(max_length=40, primary_key=True)
    key = models.BinaryField()


class ErasedAccount(models.Model):
    """The erasure ledger: replayed after a restore, so that an older backup does not bring a person back."""

    account_id = models.BigIntegerField(db_index=True)
    erased_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "erased_at"], name="erased_once")]
