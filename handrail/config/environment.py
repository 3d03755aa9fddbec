"""Every setting an operator can make, as a typed environment variable; docs/reference/settings.md is made from this."""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

GENERATED = "generated-"  # secrets that script/server makes for itself begin so; production refuses them
MANY_TENANTS = {"common", "organizations", "consumers"}  # Entra's addresses that take members of any organisation
NO_LONGER = {"HANDRAIL_TRUSTED_PROXY": "Set HANDRAIL_TRUSTED_PROXIES to the number of proxies in front instead."}
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


class Environment(BaseSettings):
    """What the installation is told from outside."""

    model_config = SettingsConfigDict(env_prefix="HANDRAIL_", populate_by_name=True, extra="ignore")

    mode: Literal["demo", "production"] = Field(
        "production", description="`demo`: invented organisation, one-click sign-in, vaults that open themselves."
    )
    secret_key: str = Field(
        min_length=32, description="Signs sessions and forms. At least 32 random characters, kept secret."
    )
    base_url: str = Field(
        "http://localhost:8000", description="The address people type, without a path. Links in messages begin with it."
    )
    database_url: str = Field(
        "",
        validation_alias="DATABASE_URL",
        description="`sqlite:///path/file.sqlite3` or `postgres://user:password@host/name`. "
        "Empty: an SQLite file in the data folder.",
    )
    keystore_url: str = Field(
        "",
        validation_alias="KEYSTORE_URL",
        description="A second database for key shares, on other storage than the first if you can. "
        "Empty: a second SQLite file in the data folder.",
    )
    host: str = Field("127.0.0.1", validation_alias="HOST", description="The address that `handrail serve` listens on.")
    port: int = Field(
        8000, ge=1, le=65535, validation_alias="PORT", description="The port that `handrail serve` listens on."
    )
    data_dir: Path = Field(Path("var"), description="Folder for SQLite files, backups and unfinished imports.")
    hosts: Annotated[list[str], NoDecode] = Field(
        default_factory=list, description="Further host names served, separated by commas."
    )
    mail_url: str = Field(
        "",
        description="`smtp://user:password@host:587` (STARTTLS), `smtps://…` or `smtp+plain://host:25`. "
        "Empty: nothing leaves; every message waits in the post box.",
    )
    mail_from: str = Field("Handrail <handrail@localhost>", description="The sender of messages.")
    second_factor: bool = Field(
        True, description="Coordinators and administrators need a second factor. The demo turns it off."
    )
    language: Literal["en", "fr"] = Field(
        "en",
        description="Language of messages to people who have not chosen one, and of pages where their browser asks "
        "for none that we have.",
    )
    time_zone: str = Field("Europe/London", description="Time zone when a person has not chosen one.")
    oidc_name: str = Field("", description="Name on the sign-in button of your identity provider. Empty: none.")
    oidc_url: str = Field("", description="Issuer address of your OpenID Connect provider.")
    oidc_client_id: str = Field("", description="Client id registered there.")
    oidc_client_secret: str = Field("", description="Client secret registered there.")
    oidc_domains: Annotated[list[str], NoDecode] = Field(
        default_factory=list,
        description="Mail domains, separated by commas, for whose addresses the provider may be believed without "
        "`email_verified` (Entra sends none). Only where it signs in one organisation whose members cannot choose "
        "their own address.",
    )
    analytics: str = Field("duckdb", description="Where measures are computed: `duckdb`, or `spark://host:7077`.")
    patterns: str = Field(
        "acts_a_fortnight=1 much_more=2 sharpness=4",
        description="Where patterns of taking part are parted: under how many acts a fortnight somebody looks on; "
        "which ratio of giving to receiving is much more; how sharp the parting is.",
    )
    blocks: str = Field(
        "here", description="Where pairs too many for a table are looked through: `here`, or `dask://host:8786`."
    )
    worker: Literal["inside", "separate"] = Field(
        "inside", description="`inside`: `handrail serve` also runs the jobs. `separate`: you run `handrail worker`."
    )
    backup_recipient: str = Field(
        "", description="An age public key (`age1…`). Backups are encrypted to it; keep its secret key elsewhere."
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=9,
        description="How many proxies of yours stand in front, one behind the other; usually `1`. The last of them "
        "must set X-Forwarded-Proto, and each must add to X-Forwarded-For: from there comes the address by which "
        "tries are counted. `0`: neither is believed.",
    )

    @field_validator("hosts", "oidc_domains", mode="before")
    @classmethod
    def split_list(cls, value: object) -> object:
        return [one.strip() for one in value.split(",") if one.strip()] if isinstance(value, str) else value

    @field_validator("oidc_domains")
    @classmethod
    def check_oidc_domains(cls, value: list[str]) -> list[str]:
        if any("@" in domain or "*" in domain or "." not in domain for domain in value):
            raise ValueError("must be domains such as council.example, separated by commas")
        return [domain.lower() for domain in value]

    @field_validator("patterns")
    @classmethod
    def check_patterns(cls, value: str) -> str:
        if value != cls.model_fields["patterns"].default:
            # imported here because it brings the engine with it, and hardly anybody sets this
            from handrail.compute.cuts import cuts_for

            cuts_for(value)
        return value

    @field_validator("base_url")
    @classmethod
    def check_base_url(cls, value: str) -> str:
        parts = address_parts(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("must look like https://handrail.example.org, without a path")
        return value.rstrip("/")

    @field_validator("database_url", "keystore_url")
    @classmethod
    def check_database_url(cls, value: str) -> str:
        if value and address_parts(value).scheme not in DATABASE_SCHEMES:
            raise ValueError("must begin with sqlite:/// or postgres://")
        return value

    @field_validator("mail_url")
    @classmethod
    def check_mail_url(cls, value: str) -> str:
        parts = address_parts(value)
        if value and (parts.scheme not in ("smtp", "smtps", "smtp+plain") or not parts.hostname):
            raise ValueError("must look like smtp://user:password@mail.example.org:587")
        return value

    @field_validator("oidc_url")
    @classmethod
    def check_oidc_url(cls, value: str) -> str:
        parts = address_parts(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or set(value) & set(" ;,'\"")):
            raise ValueError("must look like https://login.example.org/organisation")
        return value

    @field_validator("time_zone")
    @classmethod
    def check_time_zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # here, so that the reference page reads as one list

        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("must be a name such as Europe/London") from error
        return value

    @property
    def oidc_origin(self) -> str:
        """Scheme, host and port of the identity provider; empty without one."""
        parts = urlsplit(self.oidc_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if self.oidc_url else ""

    @model_validator(mode="after")
    def check_production(self) -> "Environment":
        if self.mode == "production" and self.secret_key.startswith(GENERATED):
            raise ValueError(
                "HANDRAIL_SECRET_KEY was generated for a demo. Make one of your own before real people use this"
            )
        if bool(self.oidc_url) != bool(self.oidc_client_id):
            raise ValueError("HANDRAIL_OIDC_URL and HANDRAIL_OIDC_CLIENT_ID belong together: set both or neither")
        if self.oidc_domains and set(urlsplit(self.oidc_url).path.split("/")) & MANY_TENANTS:
            raise ValueError(
                "HANDRAIL_OIDC_DOMAINS needs a HANDRAIL_OIDC_URL of one organisation: anybody's can sign in at this one"
            )
        return self


def address_parts(value: str) -> SplitResult:
    """The parts of an address. One that cannot be read has none, and so is told what it must look like."""
    try:
        parts = urlsplit(value)
        return parts if parts.port is None or parts.port else urlsplit("")
    except ValueError:  # brackets that do not close, a port that is no number
        return urlsplit("")


def variable_name(field_name: str) -> str:
    """The environment variable that sets a field."""
    alias = Environment.model_fields[field_name].validation_alias
    return alias if isinstance(alias, str) else f"HANDRAIL_{field_name.upper()}"


def load() -> Environment:
    """The environment, or one clear line and the end of the program."""
    for name, words in NO_LONGER.items():
        if name in os.environ:
            raise SystemExit(f"handrail: {name} is no longer a setting. {words} See docs/reference/settings.md.")
    try:
        return Environment()
    except ValidationError as error:
        first = error.errors()[0]
        where = str(first["loc"][0]) if first["loc"] else ""
        known = {alias: alias for alias in map(variable_name, Environment.model_fields)}
        name = known.get(where) or (variable_name(where) if where in Environment.model_fields else where)
        reason = "is missing" if first["type"] == "missing" else first["msg"].removeprefix("Value error, ")
        raise SystemExit(f"handrail: {name + ' ' if name else ''}{reason}. See docs/reference/settings.md.") from None
