import pytest
from django.test import Client


@pytest.mark.django_db(databases=["default", "keystore"])
def test_home_asks_for_sign_in(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/login/")
