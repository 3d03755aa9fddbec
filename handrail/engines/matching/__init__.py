"""Who should mentor whom: the best pairs there can be, proven and explained.

    problem = problem_of(leaders, mentors, leader, mentor, points)
    result = solve(problem)
    verify(problem, result)

The method, its sources, guarantees and limits: docs/methods/matching.md.
"""

from handrail.engines.matching.certificate import Refused, verify
from handrail.engines.matching.problem import FaultyProblem, Problem, SideConstraint, problem_of
from handrail.engines.matching.result import Certificate, Objective, Prices, Result
from handrail.engines.matching.side_constraints import Impossible
from handrail.engines.matching.solve import solve
from handrail.engines.matching.stability import blocking_pairs, deferred_acceptance

__all__ = [
    "Certificate",
    "FaultyProblem",
    "Impossible",
    "Objective",
    "Prices",
    "Problem",
    "Refused",
    "Result",
    "SideConstraint",
    "blocking_pairs",
    "deferred_acceptance",
    "problem_of",
    "solve",
    "verify",
]
