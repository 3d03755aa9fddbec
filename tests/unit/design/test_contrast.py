"""WCAG 2.2 AA, computed over the colour tokens in light, dark and print."""

import pytest

from handrail.design.colours import MODES, contrast, tokens

SURFACES = ("paper", "sheet", "shade", "mist", "care-mist", "success-mist")
TEXT = [(text, surface) for text in ("ink", "ink-soft", "link") for surface in SURFACES]
TEXT += [("link-visited", surface) for surface in ("paper", "sheet", "mist", "shade")]
TEXT += [("deep", surface) for surface in ("paper", "sheet", "mist")]
TEXT += [("brass", surface) for surface in ("paper", "sheet", "mist")]
TEXT += [
    ("care", "paper"),
    ("care", "sheet"),
    ("care", "care-mist"),
    ("success", "paper"),
    ("success", "success-mist"),
    ("on-deep", "deep"),
    ("on-deep", "deep-hover"),
    ("focus-ink", "focus"),
    ("ink", "control-fill"),
]
SHAPES = [
    ("control", "control-fill"),
    ("control", "paper"),
    ("edge-strong", "paper"),
    ("rail", "paper"),
    ("series-1", "paper"),
    ("series-2", "paper"),
    ("series-3", "paper"),
    ("series-1", "sheet"),
    ("series-1", "band"),
]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("text", "surface"), TEXT)
def test_text_can_be_read(mode: str, text: str, surface: str) -> None:
    colours = tokens()[mode]
    assert contrast(colours[text], colours[surface]) >= 4.5, f"{colours[text]} on {colours[surface]}"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("shape", "surface"), SHAPES)
def test_shapes_can_be_seen(mode: str, shape: str, surface: str) -> None:
    colours = tokens()[mode]
    assert contrast(colours[shape], colours[surface]) >= 3, f"{colours[shape]} on {colours[surface]}"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_focus_is_seen_on_every_surface(mode: str) -> None:
    """The focus has two rings, of ink and of brass: one of them stands out wherever it lies."""
    colours = tokens()[mode]
    for surface in (*SURFACES, "deep", "control-fill"):
        best = max(contrast(colours[ring], colours[surface]) for ring in ("focus", "focus-ink"))
        assert best >= 3, surface


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")
