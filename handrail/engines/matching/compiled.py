"""Inner loops that run as they stand for a small problem, and as machine code for a large one.

Machine code is made once per installation, kept on disk beside the source, and only when a large problem first asks
for it; never at import. Loading the compiler alone takes two seconds, in which plain Python has long paired some
hundreds of people. The loops are the same in both.
"""

import functools
import types
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
# Pairs looked at in plain Python in about as long as loading the compiler takes.
PLAIN_LIMIT = 100_000


class Compiled(Generic[P, R]):
    """A function on arrays and numbers that can also be had in machine code. Calling it runs it as it stands."""

    ready = False  # whether the compiler is loaded, so that waiting for it is no longer a reason against it

    def __init__(self, function: Callable[P, R]) -> None:
        self.plain = function
        self._machine: Callable[P, R] | None = None
        functools.update_wrapper(self, function)

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> R:
        return self.plain(*arguments, **named)

    def for_size(self, pairs: int) -> Callable[P, R]:
        """The plain function for a small problem, machine code for a large one; it frees the interpreter lock."""
        return self.machine() if Compiled.ready or pairs > PLAIN_LIMIT else self.plain

    def machine(self) -> Callable[P, R]:
        """The function in machine code, with every function it calls."""
        if self._machine is None:
            # Loading it takes a second and 60 MB, which only whoever solves a large problem should pay.
            import numba

            Compiled.ready = True
            plain: Any = self.plain
            names = dict(plain.__globals__)
            for name in plain.__code__.co_names:
                if isinstance(names.get(name), Compiled):
                    names[name] = names[name].machine()
            bound = types.FunctionType(plain.__code__, names, plain.__name__, plain.__defaults__)
            self._machine = numba.njit(cache=True, nogil=True)(bound)
        return self._machine


def compiled(function: Callable[P, R]) -> Compiled[P, R]:
    """Marks an inner loop: only numbers, arrays and named tuples of arrays, and calls of other such functions."""
    return Compiled(function)
