"""Who signs in. An account holds no password and knows nothing of roles."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountQuerySet(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)

    def create_account(self, *, name: str, email: str | None = None, **fields: Any) -> "Account":
        """An account that can sign in by code, passkey, letter or the organisation's provider; never by password."""
        account = self.model(name=name, email=email.strip().lower() if email else None, **fields)
        account.set_unusable_password()
        account.save()
        return account


class Account(AbstractBaseUser):
    last_login = None  # when somebody was last seen is nobody's business  # type: ignore[assignment]
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, blank=True)  # empty: not chosen
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountQuerySet()

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A printed code that signs one person in once, for whoever has no e-mail or does not click."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    code_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class OneTimeLink(models.Model):
    """A link that makes whoever opens it first the administrator of an empty installation."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
