"""What home begins with."""

from dataclasses import dataclass

from handrail.design.parts import Choice


@dataclass(frozen=True)
class NextThing:
    heading: str
    text: str
    button: str
    href: str
    taps: tuple[Choice, ...] = ()  # answers to tap there and then, in place of the button
