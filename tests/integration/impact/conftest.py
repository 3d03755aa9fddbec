from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from handrail.demo import hospitals


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[hospitals.Hospitals, Path]]:
    """The demo's larger organisation, once for all of these: what a test does to it is taken back."""
    folder = tmp_path_factory.mktemp("hospitals")
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keystore"):
        with override_settings(DEMO=True, DATA_DIR=folder):
            made = hospitals.fill()
        yield made, folder
        for using in ("default", "keystore"):
            transaction.set_rollback(True, using=using)
