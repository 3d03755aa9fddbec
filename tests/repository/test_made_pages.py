"""Pages of the reference are the ones that the code makes."""

import pytest

from handrail.config.environment import Environment, variable_name
from tests.repository.made import script


@pytest.mark.parametrize("name", ["settings-page", "pairing-states", "scheme-states", "approach-rules"])
def test_the_page_is_current(name: str) -> None:
    made = script(name)
    assert made.PAGE.read_text() == made.page(), f"run script/{name}"


def test_every_setting_says_what_it_does() -> None:
    assert [variable_name(name) for name, field in Environment.model_fields.items() if not field.description] == []
