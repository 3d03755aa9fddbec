import pytest

from handrail.capabilities.people.models import Organisation


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="Dyffryn Council")
