"""What the engine answers: the pairs, the figure of each level, and the prices that prove it."""

from dataclasses import dataclass, field
from typing import Literal

from handrail.engines.matching.problem import Integers

Objective = Literal["default", "total", "stable"]


@dataclass(frozen=True, eq=False)
class Prices:
    """Whole prices for leaders (n,), mentors (m,), each pair alike, and each side constraint; from these follows a
    bound (`certificate.price_bound`) on what any pairing can be worth. They are in 1/`unit` points: with side
    constraints the right prices need not be whole."""

    leader: Integers
    mentor: Integers
    pair: int = 0
    constraint: tuple[int, ...] = ()
    unit: int = 1


@dataclass(frozen=True, eq=False)
class Certificate:
    """A proof of each level. `number`: prices where each pair is worth 1, whose bound is the number of pairs.
    `worst`: the same over the pairs with more than the worst-off's points; its bound is below the number of pairs, so
    nobody can lift the worst-off. `total`: prices whose bound is `total · scale + existing pairs kept`.
    """

    number: Prices | None
    worst: Prices | None
    total: Prices | None
    scale: int


@dataclass(frozen=True, eq=False)
class Result:
    """chosen: positions of the chosen pairs in the problem, ascending. unpaired: leaders with no pair.

    total, worst (None if there is no pair), bound: in points. bound: no pairing that is as good on the earlier levels
    has a higher total. certified: every level is proven by the certificate. blocking: see `stability`.
    """

    objective: Objective
    chosen: Integers
    unpaired: Integers
    total: int
    worst: int | None
    bound: int
    certified: bool
    blocking: int
    kept: int
    certificate: Certificate
    remarks: tuple[str, ...] = field(default=())

    @property
    def paired(self) -> int:
        """The number of pairs."""
        return int(self.chosen.size)
