"""Which address of a provider's answer is believed."""

from typing import Any

import pytest

from handrail.capabilities.accounts.rules import vouched_address
from handrail.config.environment import Environment

ADA = "ada@council.example"
SECRET = "a-secret-of-the-tests-and-nothing-else-0123456789"


@pytest.mark.parametrize(
    ("answer", "domains", "found"),
    [
        ({"userinfo": {"email": ADA, "email_verified": True}}, [], ADA),
        ({"id_token": {"email": ADA, "email_verified": "true"}}, [], ADA),
        ({"email": ADA, "email_verified": True}, [], ADA),
        ({"userinfo": {"email": ADA}}, [], ""),
        ({"userinfo": {"email": ADA, "email_verified": False}}, [], ""),
        ({"userinfo": {"email": ADA, "email_verified": "false"}}, [], ""),
        ({"userinfo": {"email": ADA, "email_verified": None}}, [], ""),
        # Entra: the claim is in the token only, and its userinfo says nothing either way
        ({"userinfo": {"email": ADA}, "id_token": {"email": ADA, "xms_edov": True}}, [], ADA),
        ({"userinfo": {"email": ADA}, "id_token": {"email": ADA, "xms_edov": "1"}}, [], ADA),
        ({"userinfo": {"email": ADA}, "id_token": {"email": ADA, "xms_edov": False}}, [], ""),
        # a claim speaks for the address beside it, and for no other
        ({"userinfo": {"email": "ceo@council.example"}, "id_token": {"email": ADA, "xms_edov": 1}}, [], ADA),
        ({"userinfo": {"email": ADA}, "id_token": {"email_verified": True}}, [], ""),
        # the administrator vouches for a domain: exactly that one
        ({"userinfo": {"email": "Ada@Council.Example"}}, ["council.example"], "Ada@Council.Example"),
        ({"userinfo": {"email": "ada@evil.council.example"}}, ["council.example"], ""),
        ({"userinfo": {"email": "ada@council.example@evil.example"}}, ["council.example"], ""),
        ({"userinfo": {"email": "eve@evil.example"}}, ["council.example"], ""),
        ({"userinfo": {"email": ["x"], "email_verified": True}}, [], ""),
        ({"userinfo": "nothing"}, [], ""),
        ({}, ["council.example"], ""),
    ],
)
def test_an_address_counts_when_it_is_vouched_for(answer: dict[str, Any], domains: list[str], found: str) -> None:
    assert vouched_address(answer, domains) == found


def test_domains_are_taken_as_they_are_typed() -> None:
    environment = Environment(secret_key=SECRET, oidc_domains="Council.example, school.example")  # type: ignore[arg-type]
    assert environment.oidc_domains == ["council.example", "school.example"]


@pytest.mark.parametrize("domains", ["ada@council.example", "*.example", "example"])
def test_a_senseless_domain_stops_the_start(domains: str) -> None:
    with pytest.raises(ValueError, match="must be domains such as"):
        Environment(secret_key=SECRET, oidc_domains=domains)  # type: ignore[arg-type]


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers"])
def test_domains_need_a_provider_of_one_organisation(tenant: str) -> None:
    with pytest.raises(ValueError, match="of one organisation"):
        Environment(
            secret_key=SECRET,
            oidc_url=f"https://login.microsoftonline.com/{tenant}/v2.0",
            oidc_client_id="x",
            oidc_domains=["council.example"],
        )
