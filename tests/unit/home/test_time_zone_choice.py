"""Whose clock somebody lives by: chosen from places, and never lost by looking at the form."""

import pytest

from handrail.capabilities.accounts.forms import DetailsForm


@pytest.mark.parametrize(("held", "listed"), [("", 0), ("Europe/Paris", 1), ("GB", 1)])
def test_what_somebody_chose_stays_in_the_list(held: str, listed: int) -> None:
    form = DetailsForm({"name": "Ada", "time_zone": held}, initial={"name": "Ada", "time_zone": held})
    assert form.is_valid()
    assert form.cleaned_data["time_zone"] == held
    assert str(form["time_zone"]).count(f'value="{held}"') == max(listed, 1)


def test_a_name_that_is_no_place_is_refused() -> None:
    assert not DetailsForm({"name": "Ada", "time_zone": "Zulu"}).is_valid()
