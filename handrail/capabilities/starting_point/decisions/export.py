"""Decisions for their owner's own export, in the words of the pages."""

from collections.abc import Iterator

from django.http import HttpRequest

from handrail.capabilities.starting_point.decisions import presenters, queries
from handrail.capabilities.starting_point.decisions.heading import Heading
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.capabilities.starting_point.queries import opened
from handrail.foundation.lifecycle.registry import Read


def decisions_to_read(request: HttpRequest) -> Iterator[Read]:
    """The signed-in person's own; what was sealed with a key that is gone says so by being empty."""
    vault = opened(request)
    for row in Decision.objects.filter(account=vault.account_id):
        found = queries.own_decision(vault, row.pk, with_paper=True)
        if found.heading is None:
            yield Read(row, {"heading": None, "paper": None})
        else:
            yield Read(row, {"heading": _in_words(found.heading), "paper": found.paper})


def _in_words(heading: Heading) -> str:
    questions = presenters.questions_of(heading)
    lines = [heading.title, *(task.text for task in questions.sources), *questions.three]
    return "\n".join(str(line) for line in [*lines, presenters.outcome_in_words(heading)] if line)
