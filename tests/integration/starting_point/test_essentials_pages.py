"""The essentials can be read, and say what, why, what first, what to ask and where more stands."""

import pytest

from tests.integration.starting_point.conftest import Visitor

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


def test_every_essential_is_reached_and_read(outsider: Visitor) -> None:
    page = outsider.text("essentials")
    assert page.count("/essentials/") >= 40
    one = outsider.text("essential", "ai-3")
    for words in ("Who answers for a machine’s decision", "Why it matters", "A first step", "Three questions to ask"):
        assert words in one, words
    assert "UK Government AI Playbook" in one
    assert "https://www.gov.uk/" in one
    assert outsider.page("essential", "ai-99").status_code == 404
