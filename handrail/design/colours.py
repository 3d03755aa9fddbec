"""The colours, read from the one file that has them: styles/_tokens.scss."""

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parent / "styles" / "_tokens.scss"
MODES = ("light", "dark", "print")
TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")

PALETTE = (
    "paper",
    "sheet",
    "shade",
    "mist",
    "edge",
    "ink",
    "ink-soft",
    "deep",
    "rail",
    "brass",
    "care",
    "success",
    "focus",
)


@cache
def tokens() -> dict[str, dict[str, str]]:
    """The hex colours by mode and name; a mode has what it does not change from light."""
    sections = dict(zip(MODES, TOKENS.read_text(encoding="utf-8").split(":root {")[1:], strict=True))
    light = dict(TOKEN.findall(sections["light"]))
    return {mode: light | dict(TOKEN.findall(section)) for mode, section in sections.items()}


def luminance(colour: str) -> float:
    """Relative luminance of a hex colour (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two hex colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
